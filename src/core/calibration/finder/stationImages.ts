import type { CtVolume } from '../../volume/ctVolume.ts'
import type { PlaneImage } from './planeImage.ts'
import type { SliceFrame } from './sliceFrame.ts'

/** The mean of a few neighbouring slices on coarse pixels, and where along the slice axis it lies. */
export interface Station {
  /** Middle of the averaged slices along the slice axis, mm. */
  readonly at: number
  readonly image: PlaneImage
}

/** Coarse pixels are at most this large, mm: a rod of 12 mm still spans seven. */
const COARSE_PIXEL = 1.65
/** A station averages about this length, mm: a rod tilted by 10° moves 2 mm across it. */
const STATION_LENGTH = 10
/** More stations than this only cost time. */
const MOST_STATIONS = 30
/** Slices read per station at most; more would not lower the noise that matters. */
const SLICES_READ = 8
/** CT numbers outside this range are metal or padding and tell the finder nothing, HU. */
const RANGE = { low: -1000, high: 3000 } as const

/**
 * Low-noise coarse pictures at stations along the patient, on which rods are looked for.
 *
 * What was not measured (padding, NaN) counts as air, as it is what lies around the scanned field.
 */
export function stationImages(volume: CtVolume, frame: SliceFrame): readonly Station[] {
  const { geometry, voxels } = volume
  const [ni, nj] = geometry.size
  const strides = [1, ni, ni * nj] as const
  const count = geometry.size[frame.along]
  const pitch = geometry.spacing[frame.along]
  const stations = Math.max(1, Math.min(MOST_STATIONS, Math.floor((count * pitch) / STATION_LENGTH), count))
  const factorOf = (axis: 0 | 1 | 2) => Math.max(1, Math.floor(COARSE_PIXEL / geometry.spacing[axis]))
  const [fx, fy] = [factorOf(frame.x), factorOf(frame.y)]
  const columns = Math.floor(geometry.size[frame.x] / fx)
  const rows = Math.floor(geometry.size[frame.y] / fy)
  const [sx, sy, ss] = [strides[frame.x], strides[frame.y], strides[frame.along]]
  const { slope, intercept } = volume.rescale
  const padLow = volume.padding?.low ?? Number.POSITIVE_INFINITY
  const padHigh = volume.padding?.high ?? Number.NEGATIVE_INFINITY

  return Array.from({ length: stations }, (_, station) => {
    const first = Math.floor((station * count) / stations)
    const last = Math.floor(((station + 1) * count) / stations) - 1
    const step = Math.max(1, Math.ceil((last - first + 1) / SLICES_READ))
    const values = new Float32Array(columns * rows)
    let slices = 0
    let sumOfSlices = 0
    for (let slice = first; slice <= last; slice += step) {
      slices++
      sumOfSlices += slice
      for (let row = 0; row < rows; row++) {
        for (let b = 0; b < fy; b++) {
          let at = slice * ss + (row * fy + b) * sy
          const out = row * columns
          for (let column = 0; column < columns; column++) {
            let sum = 0
            for (let a = 0; a < fx; a++, at += sx) {
              const stored = voxels[at]!
              let value: number = RANGE.low
              if (stored < padLow || stored > padHigh) {
                const ctNumber = stored * slope + intercept
                if (ctNumber >= RANGE.high) value = RANGE.high
                else if (ctNumber > RANGE.low) value = ctNumber // NaN stays air
              }
              sum += value
            }
            values[out + column] = values[out + column]! + sum
          }
        }
      }
    }
    const share = 1 / (slices * fx * fy)
    for (let at = 0; at < values.length; at++) values[at] = values[at]! * share
    const spacing = [fx * geometry.spacing[frame.x], fy * geometry.spacing[frame.y]] as const
    const origin = [
      (spacing[0] - geometry.spacing[frame.x]) / 2,
      (spacing[1] - geometry.spacing[frame.y]) / 2,
    ] as const
    return { at: (sumOfSlices / slices) * pitch, image: { columns, rows, spacing, origin, values } }
  })
}
