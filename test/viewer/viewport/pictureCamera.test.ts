import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { distance } from '../../../src/core/geometry/vector.ts'
import type { VolumeGeometry } from '../../../src/core/geometry/volumeGeometry.ts'
import {
  fitCamera,
  focusCamera,
  gridCorners,
  panBy,
  projectPicture,
  zoomAt,
} from '../../../src/viewer/viewport/pictureCamera.ts'
import { planeFrame, type ViewportPlane } from '../../../src/viewer/viewport/viewportPlane.ts'
import { pictureOf } from './pictureOf.ts'

const component = fc.double({ min: -1, max: 1, noNaN: true })
const anyPlane: fc.Arbitrary<ViewportPlane> = fc
  .tuple(component, component, component, component, component, component)
  .filter(([a, b, c, d, e, f]) => {
    const lengths = Math.hypot(a, b, c) * Math.hypot(d, e, f)
    return lengths > 0.1 && Math.abs(a * d + b * e + c * f) < 0.8 * lengths
  })
  .map(([a, b, c, d, e, f]) => ({
    kind: 'oblique' as const,
    name: 'any',
    center: lpsPoint(0, 0, 0),
    normal: lpsVector(a, b, c),
    up: lpsVector(d, e, f),
  }))
const pixel = fc.tuple(
  fc.double({ min: 0, max: 600, noNaN: true }),
  fc.double({ min: 0, max: 400, noNaN: true }),
)

it('shows the patient as radiologists expect: left on the right, front above, head above', () => {
  const seen = (plane: ViewportPlane, x: number, y: number, z: number) =>
    pictureOf(plane, lpsPoint(0, 0, 0)).toPixels(lpsPoint(x, y, z))
  expect(seen({ kind: 'axial' }, 10, 0, 0)).toEqual([340, 200])
  expect(seen({ kind: 'axial' }, 0, -10, 0)).toEqual([300, 160])
  expect(seen({ kind: 'coronal' }, 10, 0, 10)).toEqual([340, 160])
  expect(seen({ kind: 'sagittal' }, 0, -10, 10)).toEqual([260, 160])
})

it('leads from a pixel to the world and back to the same pixel, in any plane', () => {
  fc.assert(
    fc.property(anyPlane, pixel, (plane, at) => {
      const picture = pictureOf(plane)
      const [x, y] = picture.toPixels(picture.toLps(at))
      // rounding of a few float64 operations on hundreds of pixels
      expect(Math.hypot(x - at[0], y - at[1])).toBeLessThan(1e-9)
      expect(Math.abs(picture.depth(picture.toLps(at)))).toBeLessThan(1e-9)
    }),
  )
})

it('comes nearer around the pointer: the point under it stays', () => {
  fc.assert(
    fc.property(anyPlane, pixel, fc.double({ min: 0.3, max: 3, noNaN: true }), (plane, at, factor) => {
      const before = pictureOf(plane)
      const camera = zoomAt(before, at, factor)
      const after = projectPicture(before.frame, camera, camera.center, before.size)
      expect(camera.heightMm).toBeCloseTo(100 / factor, 9)
      // rounding of a few float64 operations on hundreds of mm
      expect(distance(after.toLps(at), before.toLps(at))).toBeLessThan(1e-9)
    }),
  )
})

it('moves the picture with the hand', () => {
  const before = pictureOf({ kind: 'coronal' })
  const camera = panBy(before, 30, -12)
  const after = projectPicture(before.frame, camera, camera.center, before.size)
  expect(distance(after.toLps([130, 88]), before.toLps([100, 100]))).toBeLessThan(1e-9) // float64 rounding
})

it('fits every corner of the scan into the picture, and touches its limits in one direction', () => {
  const geometry: VolumeGeometry = {
    size: [100, 80, 60],
    spacing: [1, 1, 2.5],
    origin: lpsPoint(-40, -300, 77),
    axes: [lpsVector(1, 0, 0), lpsVector(0, 0, -1), lpsVector(0, 1, 0)],
  }
  const size = { width: 600, height: 400 }
  fc.assert(
    fc.property(anyPlane, (plane) => {
      const frame = planeFrame(plane)
      const camera = fitCamera(geometry, frame, size)
      const picture = projectPicture(frame, camera, camera.center, size)
      const places = gridCorners(geometry).map(picture.toPixels)
      const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
      expect(Math.min(...xs, ...ys)).toBeGreaterThan(0)
      expect(Math.max(...xs)).toBeLessThan(600)
      expect(Math.max(...ys)).toBeLessThan(400)
      const share = Math.max(
        (Math.max(...xs) - Math.min(...xs)) / 600,
        (Math.max(...ys) - Math.min(...ys)) / 400,
      )
      expect(share).toBeCloseTo(1 / 1.04, 6) // two borders of 2 %
    }),
  )
})

it('comes nearer to a level, and goes to the next one at the zoom the reader chose', () => {
  const focus = { center: lpsPoint(1, 2, 3), heightMm: 120 }
  expect(focusCamera(focus, null)).toEqual(focus)
  const zoomed = focusCamera(focus, { center: lpsPoint(0, 0, 0), heightMm: 60 })
  expect(zoomed).toEqual({ center: focus.center, heightMm: 60 })
})
