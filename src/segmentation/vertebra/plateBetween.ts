import type { Sampler } from '../../core/volume/sampling.ts'
import { type BodyFrame, pointAt } from './bodyFrame.ts'
import { guessIn, type WorldPlane } from './endplatePlane.ts'

/** The columns that are averaged, in mm: well inside any body. */
const COLUMNS_MM = { halfWidth: 11, halfDepth: 8, step: 2.75 }
/** The profile reaches this far beyond either plate, in mm. */
const BEYOND_MM = 9
/** A dark sheet counts this much: a disc is darker than bone, but so is the middle of many a body. */
const DARK_SHARE = 0.5
/** Nearer than this to a plate, in mm, the profile still shows the plate itself; thick slices smear it farther inward. */
const nearPlate = (sliceSpacing: number) => Math.round(5 + 0.75 * Math.max(0, sliceSpacing - 1))

/**
 * Where bone is brighter than the disc by so many HU, a sheet inside that is darker than half-way down to the disc is a
 * disc. The plate's own smear only brightens, so the sheet may lie this near to it, in mm.
 */
const DISC_INSIDE = { contrast: 40, share: 0.5, near: 5 }

/**
 * How much of a plate or disc lies between two planes: the strongest bright or dark sheet parallel to them inside, as
 * share of the weaker of the two. Inside one body it is small; a span over a disc holds a disc and two more plates.
 *
 * @param sliceSpacing - A sheet is as wide as slices show it, in mm.
 */
export function plateBetween(
  sampler: Sampler,
  frame: BodyFrame,
  upper: WorldPlane,
  lower: WorldPlane,
  sliceSpacing: number,
): number {
  const [above, below] = [guessIn(frame, upper), guessIn(frame, lower)]
  const length = Math.round(above.height - below.height)
  const near = nearPlate(sliceSpacing)
  if (!(length > 2 * near)) return 0
  const beyond = BEYOND_MM
  const sums = new Float64Array(length + 2 * beyond + 1)
  const counts = new Float64Array(sums.length)
  const { halfWidth, halfDepth, step } = COLUMNS_MM
  for (let v = -halfDepth; v <= halfDepth; v += step) {
    for (let u = -halfWidth; u <= halfWidth; u += step) {
      if ((u / halfWidth) ** 2 + (v / halfDepth) ** 2 > 1) continue
      const bottom = below.height + below.slopeU * u + below.slopeV * v
      const top = above.height + above.slopeU * u + above.slopeV * v
      for (let at = 0; at < sums.length; at++) {
        const s = bottom + ((at - beyond) / length) * (top - bottom)
        const value = sampler.at(pointAt(frame, u, v, s))
        if (Number.isNaN(value)) continue
        sums[at]! += value
        counts[at]! += 1
      }
    }
  }
  const arm = Math.round(Math.max(3, 0.5 * sliceSpacing + 2))
  const mean = (at: number) => {
    const from = Math.min(sums.length - 1, Math.max(0, at))
    return sums[from]! / counts[from]!
  }
  const ridge = (at: number) => {
    const value = mean(at) - (mean(at - arm) + mean(at + arm)) / 2
    return Number.isNaN(value) ? 0 : value
  }
  const strongest = (from: number, to: number) => {
    let most = 0
    for (let at = from; at <= to; at++) most = Math.max(most, ridge(at))
    return most
  }
  const plates = Math.min(
    strongest(beyond - 2, beyond + near - 3),
    strongest(beyond + length - near + 3, beyond + length + 2),
  )
  let inside = 0
  for (let at = beyond + near; at <= beyond + length - near; at++) {
    inside = Math.max(inside, ridge(at), -DARK_SHARE * ridge(at))
  }
  if (plates <= 0) return Infinity
  const heights = Array.from(sums, (_, at) => mean(at))
  const interior = heights.slice(beyond + DISC_INSIDE.near, beyond + length - DISC_INSIDE.near + 1)
  const outside = Math.min(...heights.slice(1, beyond), ...heights.slice(beyond + length + 1, -1))
  return holdsDisc(interior, outside) ? Math.max(1, inside / plates) : inside / plates
}

/** Whether a profile through bone falls to what lies beyond the plates. */
function holdsDisc(interior: readonly number[], outside: number): boolean {
  const bone = interior.toSorted((a, b) => a - b)[interior.length >> 1] ?? Number.NaN
  const contrast = bone - outside
  return contrast > DISC_INSIDE.contrast && Math.min(...interior) - outside < DISC_INSIDE.share * contrast
}
