/** A line through points by least squares, and how sure it is. */
export interface LineFit {
  readonly slope: number
  readonly intercept: number
  /** √(SSE / (n − 2)); null for two points. */
  readonly residualSd: number | null
  /** [var(slope), cov, var(intercept)]. */
  readonly covariance: readonly [number, number, number]
}

/** How slope and intercept of a least-squares line answer to a change of one y. */
export interface PointInfluence {
  readonly onSlope: number
  readonly onIntercept: number
}

/** The influence of every point, which the x alone decide; null when all x are the same. */
export function lineInfluence(x: readonly number[]): readonly PointInfluence[] | null {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length
  const sxx = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0)
  if (!(sxx > 0)) return null
  return x.map((value) => {
    const onSlope = (value - meanX) / sxx
    return { onSlope, onIntercept: 1 / x.length - meanX * onSlope }
  })
}

/**
 * Least squares of y on x.
 *
 * Every point is given the larger of the scatter about the line and its own known error. They are not added,
 * because the scatter already contains the errors; the known error keeps a line through three points that happen
 * to be collinear from looking perfect. With two points only the known errors speak.
 *
 * @param errors - Standard error of each y, independent from point to point.
 * @param shared - An error of each y, with its sign, that all points may have together at once: the scatter about the
 *   line cannot show it, so it is added.
 * @returns null when all x are the same.
 */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
  errors: (slope: number, at: number) => number,
  shared: (slope: number, at: number) => number = () => 0,
): LineFit | null {
  const n = x.length
  const influence = lineInfluence(x)
  if (influence === null) return null
  const meanX = x.reduce((sum, value) => sum + value, 0) / n
  const meanY = y.reduce((sum, value) => sum + value, 0) / n
  let sxx = 0
  let sxy = 0
  for (let at = 0; at < n; at++) {
    sxx += (x[at]! - meanX) ** 2
    sxy += (x[at]! - meanX) * (y[at]! - meanY)
  }
  const slope = sxy / sxx
  const intercept = meanY - slope * meanX
  let sse = 0
  for (let at = 0; at < n; at++) sse += (y[at]! - intercept - slope * x[at]!) ** 2
  const scatter = n > 2 ? sse / (n - 2) : 0

  let varSlope = 0
  let cov = 0
  let varIntercept = 0
  let sharedSlope = 0
  let sharedIntercept = 0
  for (let at = 0; at < n; at++) {
    const { onSlope, onIntercept } = influence[at]!
    sharedSlope += onSlope * shared(slope, at)
    sharedIntercept += onIntercept * shared(slope, at)
    const variance = Math.max(scatter, errors(slope, at) ** 2)
    varSlope += onSlope * onSlope * variance
    cov += onSlope * onIntercept * variance
    varIntercept += onIntercept * onIntercept * variance
  }
  return {
    slope,
    intercept,
    residualSd: n > 2 ? Math.sqrt(scatter) : null,
    covariance: [
      varSlope + sharedSlope ** 2,
      cov + sharedSlope * sharedIntercept,
      varIntercept + sharedIntercept ** 2,
    ],
  }
}
