import { describe, expect, it } from 'vitest'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { fitCalibration } from '../../../src/core/calibration/fitCalibration.ts'
import { PHANTOM_LIBRARY, phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import type { PhantomModel } from '../../../src/core/calibration/phantomModel.ts'
import { type RodClick, rodsFromClicks } from '../../../src/core/calibration/rodsFromClicks.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { indexPoint, lpsPoint } from '../../../src/core/geometry/lps.ts'
import { toLps } from '../../../src/core/geometry/volumeGeometry.ts'
import { mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { measuredRods } from './measuredRods.ts'
import { renderScene, type Scene, scene, truthOf } from './syntheticScan.ts'

/** The code of the refusal, or null. */
const refusal = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
}

const region = { center: lpsPoint(0, 0, 0), halfHeight: mm(15) }

/** What looking for the phantom and calibrating with it says: the refusal, or every warning and the rods used. */
function verdict(volume: CtVolume, phantoms?: readonly PhantomModel[]) {
  const none: { codes: readonly string[]; rods: readonly string[]; calibration: null } = {
    codes: [],
    rods: [],
    calibration: null,
  }
  try {
    const found = findRods(volume, phantoms === undefined ? {} : { phantoms })
    const { calibration, warnings } = calibrateInScan(volume, found, region)
    const codes: readonly string[] = [...found.warnings, ...warnings].map(({ code }) => code)
    return { refusal: null, codes, rods: calibration.rods.map(({ label }) => label), calibration }
  } catch (error) {
    if (error instanceof QctError) return { refusal: error.code, ...none }
    throw error
  }
}

type Change = (value: number, x: number, y: number, z: number) => number

/** The volume with some CT numbers changed; NaN becomes padding. */
function changed(volume: CtVolume, change: Change): CtVolume {
  const voxels = Int16Array.from(volume.voxels)
  const [ni, nj, nk] = volume.geometry.size
  let at = 0
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) {
        const [x, y, z] = toLps(volume.geometry, indexPoint(i, j, k))
        const value = change(voxels[at]! - 1024, x, y, z)
        voxels[at] = Number.isNaN(value) ? -2000 : Math.round(value) + 1024
      }
    }
  }
  return { ...volume, voxels, padding: { low: -2000, high: -2000 } }
}

const bMas = phantomById('b-mas-200')
const osteo = phantomById('siemens-osteo')
const lying = (phantom: PhantomModel, changes: Partial<Scene> = {}) =>
  scene({ phantom, size: [300, 100, 26], middle: [0, 55, 0], rotation: [1, -1, 2], ...changes })

describe('rods half outside the field', () => {
  it('are left out with a warning, and the others calibrate', () => {
    // A whole field of 216 mm whose edge passes through the middle of the last rod.
    const at = lying(bMas, { size: [240, 240, 26], middle: [-39, 50, 0] })
    const last = truthOf(at).rods[4]!.center
    const field = Math.hypot(last[0] + 39, last[1] - 50)
    const cut = changed(renderScene(at), (value, x, y) =>
      Math.hypot(x + 39, y - 50) > Math.min(field, 107) ? Number.NaN : value,
    )
    const { rods, codes, calibration } = verdict(cut)
    expect(rods).toEqual(['A', 'B', 'C', 'D'])
    expect(codes).toContain('ROD_EXCLUDED')
    expect(codes).toContain('CALIBRATION_RODS_MISSING')
    // Four rods over 150 mg/cm³, each known to half a HU of 188: the slope to half a per cent, four times over.
    expect(Math.abs(calibration!.slope * at.response - 1)).toBeLessThan(0.02)
  })

  it('at the edge of a part of a field are refused: nothing tells that edge from the end of another phantom', () => {
    const at = lying(bMas)
    const edge = truthOf(at).rods[4]!.center[0]
    const cut = changed(renderScene(at), (value, x) => (x > edge ? Number.NaN : value))
    expect(verdict(cut).refusal).toBe('RODS_NOT_FOUND')
  })

  it('leave nothing to calibrate with where there are only two', () => {
    const at = lying(osteo, { holder: 60 })
    const edge = truthOf(at).rods[1]!.center[0]
    const cut = changed(renderScene(at), (value, x) => (x > edge ? Number.NaN : value))
    expect(['RODS_NOT_FOUND', 'ROD_SAMPLES_TOO_FEW']).toContain(verdict(cut).refusal)
  })
})

describe('streaks of metal', () => {
  const at = lying(bMas)
  const clean = renderScene(at)
  const [, , third, fourth] = truthOf(at).rods

  it('across every rod are refused or warned of', () => {
    // Rays from an implant above the row: bright and dark wedges, another angle in every slice.
    const streaked = changed(clean, (value, x, y, z) => {
      if (value < -500) return value
      const angle = Math.atan2(x - 20, y + 20)
      return value + 220 * Math.sin(28 * angle + z)
    })
    const { refusal: code, codes } = verdict(streaked)
    expect(code !== null || codes.length > 0).toBe(true)
  })

  it('that darken two rods along their whole length do not pass the residual', () => {
    // Steady along the rod, so neither its noise nor its drift gives the streak away.
    const dark = changed(clean, (value, x, y) =>
      [third!, fourth!].some(({ center }) => Math.hypot(x - center[0], y - center[1]) < 12)
        ? value - 45
        : value,
    )
    const { refusal: code, codes } = verdict(dark, [bMas])
    expect(code !== null || codes.includes('CALIBRATION_RESIDUAL_LARGE')).toBe(true)
  })
})

describe('the wrong phantom', () => {
  const at = lying(bMas)
  const click = (index: number, label: string): RodClick => ({
    label,
    center: truthOf(at).rods[index]!.center,
    radius: mm(at.diameter / 2),
  })
  const byHand = (id: string, clicks: readonly RodClick[]) => {
    const volume = renderScene(at)
    return calibrateInScan(volume, rodsFromClicks(volume, clicks, phantomById(id)), region)
  }

  it('named for rods clicked by hand is refused by what they read', () => {
    const three = [click(0, 'A'), click(1, 'B'), click(2, 'C')]
    expect(refusal(() => byHand('qrm-bdc-3', three))).toMatch(/^CALIBRATION_/)
    expect(refusal(() => byHand('image-analysis-qct-3d-plus', three))).toMatch(/^CALIBRATION_/)
    const five = [...three, click(3, 'D'), click(4, 'E')]
    expect(refusal(() => byHand('mindways-model-3', five))).toMatch(/^CALIBRATION_/)
  })

  it('with two rods cannot be told from the right one, and says that nothing could be checked', () => {
    const { warnings } = byHand('siemens-osteo', [click(0, 'A'), click(4, 'B')])
    expect(warnings.map(({ code }) => code)).toContain('CALIBRATION_NO_RESIDUAL_CHECK')
    expect(warnings.map(({ message }) => message).join()).toMatch(/no residual check possible/)
  })

  it('is never found in place of another of the library', () => {
    for (const wrong of PHANTOM_LIBRARY.filter(({ id }) => id !== 'b-mas-200' && id !== 'siemens-osteo')) {
      expect(verdict(renderScene(at), [wrong]).refusal, wrong.id).toBe('RODS_NOT_FOUND')
    }
  })
})

describe('a quality phantom with rods on a circle', () => {
  it.each([25, 90])('is no calibration phantom, %i mm long', (length) => {
    const air = renderScene(lying(bMas))
    // Teflon, Delrin, acrylic, polystyrene, two polyethylenes, air and water round a cylinder of 150 mm, as makers state.
    const rods = [990, 340, 120, -35, -100, -200, -1000, 0]
    const round = changed(air, (_, x, y, z) => {
      const [px, py] = [x, y - 55]
      if (Math.hypot(px, py) > 75 || Math.abs(z) > length / 2) return -1000
      const slot = rods.findIndex((_rod, index) => {
        const angle = (2 * Math.PI * index) / rods.length
        return Math.hypot(px - 37 * Math.cos(angle), py - 37 * Math.sin(angle)) < 6
      })
      return (rods[slot] ?? 95) + ((17 * x + 31 * y + 7 * z) % 9)
    })
    expect(verdict(round).refusal).toBe('RODS_NOT_FOUND')
  })
})

describe('densities in each other’s place', () => {
  it.each(PHANTOM_LIBRARY.map(({ id }) => id))('of %s do not pass the fit', (id) => {
    const phantom = phantomById(id)
    const isWater = phantom.equation === 'water-term'
    const ctNumbers = phantom.rods.map((rod) =>
      isWater ? rod.waterDensity! - 999.6 + 1.45 * rod.density : 1.2 * rod.density + 2,
    )
    expect(refusal(() => fitCalibration(phantom, measuredRods(phantom, ctNumbers, 0.5)))).toBeNull()
    for (const [a, first] of phantom.rods.entries()) {
      for (const [b, second] of phantom.rods.entries()) {
        // Rods nearer than a fit's usual scatter of 8 mg/cm³ √2 times may stand in either place unnoticed, at no harm.
        if (b <= a || Math.abs(first.density - second.density) < 20) continue
        const rods = phantom.rods.map((rod, at) =>
          at === a
            ? { ...rod, density: second.density }
            : at === b
              ? { ...rod, density: first.density }
              : rod,
        )
        const swapped = { ...phantom, rods }
        const run = () => fitCalibration(swapped, measuredRods(swapped, ctNumbers, 0.5))
        expect(refusal(run), `${first.label} and ${second.label}`).toMatch(/^CALIBRATION_/)
      }
    }
  })

  it('of a missing rod leave too few for a line', () => {
    const rods = measuredRods(osteo, [2, 240]).slice(0, 1)
    expect(refusal(() => fitCalibration(osteo, rods))).toBe('CALIBRATION_TOO_FEW_RODS')
  })
})
