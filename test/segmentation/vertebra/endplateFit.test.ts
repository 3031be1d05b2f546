import { describe, expect, it } from 'vitest'
import { blurredPlate, emptyPlate } from '../../../src/segmentation/vertebra/blurredPlate.ts'
import type { PlateCells } from '../../../src/segmentation/vertebra/endplateColumns.ts'
import { AT_GUESS, fitPlate } from '../../../src/segmentation/vertebra/endplateFit.ts'
import { modelTable } from '../../../src/segmentation/vertebra/modelTable.ts'
import {
  PLATE_PARAMETER as P,
  PLATE_PARAMETERS,
  plateModel,
} from '../../../src/segmentation/vertebra/plateModel.ts'

const ellipse = { u: 0, v: 0, halfWidth: 13, halfDepth: 9 }
const expected = { blur: 0.8, halfSlice: 0.75, noise: 20, offsetSd: 2.5, slopeSd: 0.2 }

/** Cells about a plate at a known place between bone and disc, with the next plate 9 mm on. */
function cellsOf(plate: {
  offset: number
  slopeU: number
  slopeV: number
  bone: number
  disc: number
}): PlateCells {
  const [u, v, s, value]: number[][] = [[], [], [], []]
  const [own, next] = [emptyPlate(), emptyPlate()]
  for (let y = -8; y <= 8; y += 2) {
    for (let x = -12; x <= 12; x += 2) {
      for (let height = -9; height <= 10; height += 0.9) {
        const q = height - plate.offset - plate.slopeU * x - plate.slopeV * y
        blurredPlate(q, 0.75, 0.8, own)
        blurredPlate(q - 9, 0.75, 0.8, next)
        u!.push(x)
        v!.push(y)
        s!.push(height)
        value!.push(
          plate.bone +
            (plate.disc - plate.bone) * own.step +
            180 * own.ridge +
            (plate.bone - plate.disc) * next.step +
            180 * next.ridge,
        )
      }
    }
  }
  return {
    count: u!.length,
    u: Float64Array.from(u!),
    v: Float64Array.from(v!),
    s: Float64Array.from(s!),
    value: Float64Array.from(value!),
    voxels: new Float64Array(u!.length).fill(20),
  }
}

describe('fitPlate', () => {
  it.each([
    ['strong bone beside a darker disc', 250, 80],
    ['bone as bright as the disc', 90, 90],
    ['weak bone beside a brighter disc', 45, 105],
  ])('finds a plate where it is: %s', (_, bone, disc) => {
    const truth = { offset: 0.9, slopeU: 0.06, slopeV: -0.09, bone, disc }
    const [fit] = fitPlate(cellsOf(truth), ellipse, expected, AT_GUESS)
    // The data are the model itself; priors alone may pull, by far less than a tenth of a millimetre.
    expect(fit!.offset).toBeCloseTo(0.9, 1)
    expect(Math.abs(fit!.slopeU - 0.06)).toBeLessThan(0.005)
    expect(Math.abs(fit!.slopeV + 0.09)).toBeLessThan(0.005)
    expect(fit!.residual).toBeLessThan(0.1)
  })

  it('is not drawn aside by a bone island that covers a tenth of the plate', () => {
    const truth = { offset: 0, slopeU: 0, slopeV: 0, bone: 120, disc: 90 }
    const cells = cellsOf(truth)
    const value = cells.value.map((hu, at) => {
      const inside = Math.hypot(cells.u[at]! - 6, cells.v[at]! - 3, cells.s[at]! + 5) < 4
      return inside ? hu + 500 : hu
    })
    const [fit] = fitPlate({ ...cells, value }, ellipse, expected, AT_GUESS)
    expect(Math.abs(fit!.offset)).toBeLessThan(0.3)
    // 0.03 over the body's half depth of 15 mm is half a millimetre: 1.7°.
    expect(Math.hypot(fit!.slopeU, fit!.slopeV)).toBeLessThan(0.03)
  })

  it('says nothing from too few cells', () => {
    const few = cellsOf({ offset: 0, slopeU: 0, slopeV: 0, bone: 100, disc: 90 })
    expect(fitPlate({ ...few, count: 20 }, ellipse, expected, AT_GUESS)).toEqual([])
  })
})

describe('plateModel', () => {
  it('states its derivatives by every parameter', () => {
    const cells = cellsOf({ offset: 0, slopeU: 0, slopeV: 0, bone: 100, disc: 90 })
    const model = plateModel(cells, ellipse)
    const p = new Float64Array(PLATE_PARAMETERS)
    p.set([0.3, 0.05, -0.04, 0.4, 0.2, Math.log(0.8), Math.log(0.9), 8.5, 0.03, -0.02])
    p.set([130, 2, 0.4, 0.3, 85, 160, 140, 120], P.bone)
    const tableAt = (at: Float64Array) => {
      const table = modelTable(cells.count, PLATE_PARAMETERS)
      model(at, table)
      return table
    }
    const { gradients } = tableAt(p)
    const d = 1e-4
    for (let at = 0; at < PLATE_PARAMETERS; at++) {
      const up = tableAt(p.with(at, p[at]! + d)).values
      const down = tableAt(p.with(at, p[at]! - d)).values
      for (let point = 7; point < cells.count; point += 397) {
        const slope = (up[point]! - down[point]!) / (2 * d)
        // The normal integral is good to 7.5e-8 × 200 HU, divided by the step: 0.15.
        expect(Math.abs(gradients[point * PLATE_PARAMETERS + at]! - slope)).toBeLessThan(
          0.2 + 1e-3 * Math.abs(slope),
        )
      }
    }
  })
})
