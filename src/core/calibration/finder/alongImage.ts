import { discStatistics, type PlaneImage, valueAt } from './planeImage.ts'
import type { FrameLine } from './rodLines.ts'
import type { Station } from './stationImages.ts'

/** Part of the slice axis, mm. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** The direction in which pictures are shifted before they are averaged, mm in the plane per mm along. */
export type Slant = Pick<FrameLine, 'tx' | 'ty'>

/** The stations inside a stretch, ends included. */
export const stationsWithin = (stations: readonly Station[], stretch: Stretch): readonly Station[] =>
  stations.filter(({ at }) => at >= stretch.from - 1e-6 && at <= stretch.to + 1e-6)

/**
 * The mean of all stations seen along a slanted direction, in the plane at `s0`.
 *
 * What runs exactly along that direction stays sharp and loses its noise; all else smears. NaN where the slanted
 * view leaves a station's picture.
 */
export function meanAlong(stations: readonly Station[], slant: Slant, s0: number): PlaneImage {
  const { image: first } = stations[0]!
  const values = new Float32Array(first.values.length)
  for (const { at, image } of stations) {
    const [shiftX, shiftY] = [slant.tx * (at - s0), slant.ty * (at - s0)]
    let out = 0
    for (let j = 0; j < first.rows; j++) {
      const y = first.origin[1] + j * first.spacing[1] + shiftY
      for (let i = 0; i < first.columns; i++, out++) {
        const x = first.origin[0] + i * first.spacing[0] + shiftX
        values[out] = values[out]! + valueAt(image, x, y)
      }
    }
  }
  for (let at = 0; at < values.length; at++) values[at] = values[at]! / stations.length
  return { ...first, values }
}

/** Mean CT number in a disc round a line, station by station; NaN where the disc leaves the picture. */
export const profileAlong = (
  stations: readonly Station[],
  line: FrameLine,
  radius: number,
): readonly number[] =>
  stations.map(({ at, image }) => {
    const [x, y] = [line.x0 + line.tx * at, line.y0 + line.ty * at]
    const isInside = Number.isFinite(
      valueAt(image, x - radius, y - radius) + valueAt(image, x + radius, y + radius),
    )
    return isInside ? discStatistics(image, x, y, radius).mean : Number.NaN
  })
