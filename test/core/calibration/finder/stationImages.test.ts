import { describe, expect, it } from 'vitest'
import { frameToLps, lpsToFrame, sliceFrame } from '../../../../src/core/calibration/finder/sliceFrame.ts'
import { stationImages } from '../../../../src/core/calibration/finder/stationImages.ts'
import { lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import type { VolumeGeometry } from '../../../../src/core/geometry/volumeGeometry.ts'
import { hu } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'

const geometry: VolumeGeometry = {
  size: [6, 5, 40],
  origin: lpsPoint(-3, 7, 100),
  spacing: [0.5, 0.75, 1],
  axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
}
/** Stored value = i + 10 j + 100 k, slope 2, intercept −1000: HU = −1000 + 2·stored. */
const volume: CtVolume = {
  quantity: 'HU',
  voxels: Float32Array.from({ length: 6 * 5 * 40 }, (_, at) => (at % 6) + 10 * (Math.floor(at / 6) % 5)),
  rescale: { slope: 2, intercept: hu(-1000) },
  geometry,
}

describe('the frame of the finder', () => {
  it.each([
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ])('takes as slice axis the grid axis along the patient (axes %i, %i, %i)', (...order) => {
    const world = [lpsVector(1, 0, 0), lpsVector(0, -1, 0), lpsVector(0, 0, -1)]
    const turned: VolumeGeometry = {
      ...geometry,
      axes: [world[order[0]!]!, world[order[1]!]!, world[order[2]!]!],
    }
    const frame = sliceFrame(turned)
    expect(order[frame.along]).toBe(2)
    expect(new Set([frame.x, frame.y, frame.along]).size).toBe(3)
    const point = lpsPoint(1.2, -3.4, 5.6)
    const back = frameToLps(frame, ...lpsToFrame(frame, point))
    for (const axis of [0, 1, 2]) expect(back[axis]).toBeCloseTo(point[axis]!, 10) // rounding
  })
})

describe('station pictures', () => {
  it('are means of whole blocks of pixels and of slices, in HU', () => {
    const stations = stationImages(volume, sliceFrame(geometry))
    expect(stations).toHaveLength(4) // 40 mm in stations of 10 mm
    const { image } = stations[0]!
    // 1.65 mm holds three pixels of 0.5 mm and two of 0.75 mm.
    expect([image.columns, image.rows]).toEqual([2, 2])
    expect(image.spacing).toEqual([1.5, 1.5])
    expect(image.origin).toEqual([0.5, 0.375])
    expect(image.values[0]).toBeCloseTo(-1000 + 2 * (1 + 5), 3) // float32
    expect(image.values[3]).toBeCloseTo(-1000 + 2 * (4 + 25), 3)
  })

  it('know where along the patient they lie', () => {
    const [first, , , last] = stationImages(volume, sliceFrame(geometry))
    // Every second slice of ten is read: 0, 2, … 8.
    expect(first!.at).toBe(4)
    expect(last!.at).toBe(34)
  })

  it('count padding, NaN and what lies below air as air', () => {
    const holed = {
      ...volume,
      voxels: volume.voxels.map((value, at) => (at % 6 < 3 ? Number.NaN : value)),
      padding: { low: 4, high: 4 },
    } as CtVolume
    const { image } = stationImages(holed, sliceFrame(geometry))[0]!
    expect(image.values[0]).toBe(-1000)
    // Columns 3 to 5 in rows 0 and 1 hold 3, 4, 5, 13, 14, 15; the 4 is padding.
    expect(image.values[1]).toBeCloseTo(-1000 + (2 * (3 + 5 + 13 + 14 + 15)) / 6, 3) // float32
  })
})
