/** How far the flanks of a slice of thickness T reach, as a share of T; layers take their own part of it. */
const FLANK = 0.4

/** The thin layers a slice is the weighted sum of. */
export interface SliceProfile {
  /** Thickness of a layer, and how many of them one slice spacing holds. */
  readonly layer: number
  readonly perSpacing: number
  /** Weights of the layers round a slice's middle, lowest first; they sum to 1. */
  readonly weights: Float64Array
  /** Index of the first weighted layer, counted from the slice's own first layer (negative: below it). */
  readonly first: number
}

/** Thickest layer, in mm: an oblique edge inside one is still drawn by its exact share of the layer. */
const MAX_LAYER = 0.6

/**
 * Forms the slice sensitivity profile: a box of the slice's thickness with flanks, half as high at its nominal edges.
 *
 * @param thickness - Nominal slice thickness in mm.
 * @param spacing - Distance of neighbouring slices in mm.
 */
export function sliceProfile(thickness: number, spacing: number): SliceProfile {
  const perSpacing = Math.ceil(spacing / MAX_LAYER - 1e-9)
  const layer = spacing / perSpacing
  // a layer is itself a box in z, so the flanks are drawn steeper by that much: thin slices come out as plain boxes
  const flank = Math.max(1e-6, FLANK * thickness - layer)
  const foot = (thickness + flank) / 2
  const plateau = (thickness - flank) / 2
  // area of the trapezoid from the middle to x
  const area = (x: number) => {
    const r = Math.min(foot, Math.abs(x))
    const ramp = Math.max(0, r - plateau)
    return Math.sign(x) * (r - (ramp * ramp) / (2 * (foot - plateau)))
  }
  const first = Math.floor(perSpacing / 2 - foot / layer + 1e-9)
  const last = perSpacing - 1 - first
  const weights = new Float64Array(last - first + 1)
  for (let at = 0; at < weights.length; at++) {
    const low = (first + at - perSpacing / 2) * layer
    weights[at] = (area(low + layer) - area(low)) / (2 * area(foot))
  }
  return { layer, perSpacing, weights, first }
}
