/** A line through points by least squares, and how sure it is. */
export interface LineFit {
  readonly slope: number
  readonly intercept: number
  /** √(SSE / (n − 2)); null for two points. */
  readonly residualSd: number | null
  /** [var(slope), cov, var(intercept)]. */
  readonly covariance: readonly [number, number, number]
}

/**
 * Least squares of y on x.
 *
 * Every point is given the larger of the scatter about the line and its own known error. They are not added,
 * because the scatter already contains the errors; the known error keeps a line through three points that happen
 * to be collinear from looking perfect. With two points only the known errors speak.
 *
 * @param errors - Standard error of each y.
 * @returns null when all x are the same.
 */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
  errors: (slope: number, at: number) => number,
): LineFit | null {
  const n = x.length
  const meanX = x.reduce((sum, value) => sum + value, 0) / n
  const meanY = y.reduce((sum, value) => sum + value, 0) / n
  let sxx = 0
  let sxy = 0
  for (let at = 0; at < n; at++) {
    sxx += (x[at]! - meanX) ** 2
    sxy += (x[at]! - meanX) * (y[at]! - meanY)
  }
  if (!(sxx > 0)) return null
  const slope = sxy / sxx
  const intercept = meanY - slope * meanX
  let sse = 0
  for (let at = 0; at < n; at++) sse += (y[at]! - intercept - slope * x[at]!) ** 2
  const scatter = n > 2 ? sse / (n - 2) : 0

  let varSlope = 0
  let cov = 0
  let varIntercept = 0
  for (let at = 0; at < n; at++) {
    // How slope and intercept answer to a change of this y.
    const onSlope = (x[at]! - meanX) / sxx
    const onIntercept = 1 / n - meanX * onSlope
    const variance = Math.max(scatter, errors(slope, at) ** 2)
    varSlope += onSlope * onSlope * variance
    cov += onSlope * onIntercept * variance
    varIntercept += onIntercept * onIntercept * variance
  }
  return {
    slope,
    intercept,
    residualSd: n > 2 ? Math.sqrt(scatter) : null,
    covariance: [varSlope, cov, varIntercept],
  }
}
