import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { distance, normalize } from '../../../src/core/geometry/vector.ts'
import type { VolumeGeometry } from '../../../src/core/geometry/volumeGeometry.ts'
import {
  keepInGrid,
  scrollPoint,
  scrollStep,
  slicePosition,
} from '../../../src/viewer/viewport/planeScroll.ts'
import { planeFrame } from '../../../src/viewer/viewport/viewportPlane.ts'

/** Stored feet first: slices run from head to feet. */
const geometry: VolumeGeometry = {
  size: [64, 64, 20],
  spacing: [0.8, 0.8, 3],
  origin: lpsPoint(-25, -25, 60),
  axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, -1)],
}
const axial = planeFrame({ kind: 'axial' }).normal

it('scrolls towards the head for positive steps, whichever way the slices are stored', () => {
  const at = scrollPoint(geometry, axial, lpsPoint(0, 0, 30), 1)
  expect(at).toEqual(lpsPoint(0, 0, 33))
})

it('lands on the centre of a slice from anywhere between two', () => {
  const at = scrollPoint(geometry, axial, lpsPoint(0, 0, 31), -1)
  expect(slicePosition(geometry, axial, at)?.index).toBeCloseTo(11, 12)
})

it('stops at the first and last slice', () => {
  expect(scrollPoint(geometry, axial, lpsPoint(0, 0, 30), 99)[2]).toBeCloseTo(60, 12)
  expect(scrollPoint(geometry, axial, lpsPoint(0, 0, 30), -99)[2]).toBeCloseTo(3, 12)
})

it('moves a plane that runs askew by the finest voxel on the way, along its normal', () => {
  const askew = normalize(lpsVector(0.3, 0.2, 1))
  const from = lpsPoint(0, 0, 30)
  const at = scrollPoint(geometry, askew, from, 2)
  expect(slicePosition(geometry, askew, from)).toBeNull()
  expect(distance(from, at)).toBeCloseTo(2 * scrollStep(geometry, askew), 12)
})

it('brings a point outside the scan back to its rim, and leaves one inside where it is', () => {
  expect(keepInGrid(geometry, lpsPoint(0, 0, 99))).toEqual(lpsPoint(0, 0, 60))
  const inside = lpsPoint(3, -7, 31)
  expect(distance(keepInGrid(geometry, inside), inside)).toBeLessThan(1e-9) // float64 rounding
})
