import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween, cross, distance, dot, length, normalize } from '../../../src/core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import type { VoiShape } from '../../../src/viewer/viewport/overlayShape.ts'
import { dragShape } from '../../../src/viewer/viewport/shapeDrag.ts'
import { planeFrame } from '../../../src/viewer/viewport/viewportPlane.ts'
import { tiltVoi, turnVoi } from '../../../src/viewer/viewport/voiEdit.ts'
import { voiHandles } from '../../../src/viewer/viewport/voiHandles.ts'
import { pictureOf } from './pictureOf.ts'

const normal = normalize(lpsVector(0, -0.2, 1))
const voi: EllipticalCylinder = {
  kind: 'ellipticalCylinder',
  center: lpsPoint(3, -4, 5),
  normal,
  lateral: lpsVector(1, 0, 0),
  radii: [16, 11],
  height: 10,
}
const shape: VoiShape = { kind: 'voi', id: 'L1', label: 'L1', standing: 'automatic', isEditable: true, voi }
const voiOf = (edit: ReturnType<typeof dragShape>) => {
  if (edit?.kind !== 'voi') throw new Error('not the edit of a VOI')
  return edit.voi
}

describe('Dragging a VOI', () => {
  it('moves it by the same millimetres at every zoom and pan when the pointer covers the same millimetres', () => {
    for (const heightMm of [40, 100, 250])
      for (const shift of [0, 13, -20]) {
        const picture = pictureOf({ kind: 'coronal' }, lpsPoint(3 + shift, -4, 5 + shift), heightMm)
        const from = picture.toPixels(voi.center)
        const to = picture.toPixels(lpsPoint(9, -4, 1))
        const moved = voiOf(dragShape({ shape, task: null, from }, picture, to))
        expect(distance(moved.center, lpsPoint(9, -4, 1))).toBeLessThan(1e-9) // float64 rounding
        expect(moved.radii).toEqual(voi.radii)
      }
  })

  it('never leaves the plane of the picture', () => {
    const picture = pictureOf({ kind: 'axial' })
    const moved = voiOf(dragShape({ shape, task: null, from: [100, 100] }, picture, [222, 31]))
    expect(moved.center[2]).toBeCloseTo(5, 12)
  })

  it('gives the size at which the handle is let go, and nothing jumps when a handle is grasped at its rim', () => {
    const picture = pictureOf({ kind: 'axial' })
    const handle = voiHandles(voi, picture).find(({ id }) => id === 'lateral+')!
    expect(handle.at[0]).toBeCloseTo(300 + 16 * 4, 9)
    const task = handle.task
    const graspedAtRim = [handle.at[0] + 5, handle.at[1] + 3] as const
    expect(voiOf(dragShape({ shape, task, from: graspedAtRim }, picture, graspedAtRim)).radii[0]).toBeCloseTo(
      16,
      9,
    )
    const let_go = [graspedAtRim[0] + 20, graspedAtRim[1]] as const
    expect(voiOf(dragShape({ shape, task, from: graspedAtRim }, picture, let_go)).radii[0]).toBeCloseTo(21, 9)
  })

  it('undoes the foreshortening of a side that leans out of the picture', () => {
    const picture = pictureOf({ kind: 'axial' })
    const task = { kind: 'resize', side: 'depth' } as const
    const depthward = cross(voi.normal, voi.lateral)
    const reach = 14
    const end = lpsPoint(
      voi.center[0] + depthward[0] * reach,
      voi.center[1] + depthward[1] * reach,
      voi.center[2] + depthward[2] * reach,
    )
    const from = voiHandles(voi, picture).find(({ id }) => id === 'depth+')!.at
    expect(voiOf(dragShape({ shape, task, from }, picture, picture.toPixels(end))).radii[1]).toBeCloseTo(
      reach,
      9,
    )
  })

  it('tilts by the angle the pointer goes around the centre, with the clock when the pointer does', () => {
    const picture = pictureOf({ kind: 'sagittal' })
    const [cx, cy] = picture.toPixels(voi.center)
    const tilted = voiOf(
      dragShape({ shape, task: { kind: 'tilt' }, from: [cx, cy - 50] }, picture, [cx + 50, cy - 50]),
    )
    expect(angleBetween(tilted.normal, voi.normal)).toBeCloseTo(45, 9)
    // With the clock in a sagittal picture (front on the left) the head end goes to the back.
    expect(tilted.normal[1]).toBeGreaterThan(voi.normal[1])
    expect(tilted.lateral).toEqual(voi.lateral)
  })
})

it('keeps a VOI square and of unit directions through a thousand small turns', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 50 }), (angles) => {
      const sagittal = planeFrame({ kind: 'sagittal' })
      const coronal = planeFrame({ kind: 'coronal' })
      let turned = voi
      for (let round = 0; round < 1000; round++) {
        const angle = angles[round % angles.length]!
        turned =
          round % 3 === 0 ? turnVoi(turned, angle) : tiltVoi(turned, round % 2 ? sagittal : coronal, angle)
      }
      // float64 rounding, renewed at every turn
      expect(Math.abs(dot(turned.normal, turned.lateral))).toBeLessThan(1e-12)
      expect(length(turned.normal)).toBeCloseTo(1, 12)
      expect(length(turned.lateral)).toBeCloseTo(1, 12)
      expect([turned.center, turned.radii, turned.height]).toEqual([voi.center, voi.radii, voi.height])
    }),
    { numRuns: 20 },
  )
})
