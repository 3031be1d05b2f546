/** A residual function: fills the residual and its derivatives for one point, given the parameters. */
export type ModelPoint = (parameters: Float64Array, point: number, gradient: Float64Array) => number

/** A belief about a parameter before any data: its value and SD. */
export interface Prior {
  readonly value: number
  readonly sd: number
}

/** A run of points, up to but not including `end`, that touch only some parameters. */
export interface PointBlock {
  readonly end: number
  readonly from: number
  readonly to: number
}

/** What a fit needs beside its model. */
export interface FitRequest {
  readonly points: number
  readonly start: readonly number[]
  readonly priors: readonly (Prior | null)[]
  /** SD of one point's noise where points count alike, or one per point. */
  readonly sd: Float64Array
  /** Points farther off than this many SD lose weight (Huber). */
  readonly huber: number
  readonly rounds: number
  /** Points in their order that touch only the parameters `from` to `to` (not included); all touch all when absent. */
  readonly blocks?: readonly PointBlock[]
  /** The model is linear from this parameter on: those are solved first, at the start's place. */
  readonly firstLinear: number
}

/** A round that lowers the cost by less than this share ends the fit. */
const SMALLEST_GAIN = 1e-5

/** Solves A·x = b for a symmetric positive definite A (row by row, n × n); false when it is not. */
export function solveSymmetric(a: Float64Array, b: Float64Array, n: number): boolean {
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = a[row * n + column]!
      for (let k = 0; k < column; k++) sum -= a[row * n + k]! * a[column * n + k]!
      if (row === column) {
        if (!(sum > 0)) return false
        a[row * n + row] = Math.sqrt(sum)
      } else {
        a[row * n + column] = sum / a[column * n + column]!
      }
    }
  }
  for (let row = 0; row < n; row++) {
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= a[row * n + k]! * b[k]!
    b[row] = sum / a[row * n + row]!
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = b[row]!
    for (let k = row + 1; k < n; k++) sum -= a[k * n + row]! * b[k]!
    b[row] = sum / a[row * n + row]!
  }
  return true
}

/**
 * Fits a model to measured points by damped least squares with Huber weights and priors.
 *
 * @see Marquardt DW. J Soc Indust Appl Math 1963;11:431–441. doi:10.1137/0111030
 * @returns The parameters of the least cost found, and that cost.
 */
export function fitLeastSquares(request: FitRequest, model: ModelPoint, measured: Float64Array) {
  const n = request.start.length
  let parameters = Float64Array.from(request.start)
  const gradient = new Float64Array(n)
  const normal = new Float64Array(n * n)
  const right = new Float64Array(n)

  const blocks = request.blocks ?? [{ end: request.points, from: 0, to: n }]

  const build = (at: Float64Array, withSystem: boolean): number => {
    if (withSystem) {
      normal.fill(0)
      right.fill(0)
    }
    let cost = 0
    let block = 0
    for (let point = 0; point < request.points; point++) {
      while (point >= blocks[block]!.end) block++
      const { from, to } = blocks[block]!
      const off = (measured[point]! - model(at, point, gradient)) / request.sd[point]!
      const size = Math.abs(off)
      const weight = size <= request.huber ? 1 : request.huber / size
      cost += size <= request.huber ? off * off : 2 * request.huber * size - request.huber ** 2
      if (!withSystem) continue
      const share = weight / request.sd[point]! ** 2
      for (let row = from; row < to; row++) {
        const scaled = share * gradient[row]!
        if (scaled === 0) continue
        right[row]! += scaled * off * request.sd[point]!
        for (let column = from; column <= row; column++)
          normal[row * n + column]! += scaled * gradient[column]!
      }
    }
    request.priors.forEach((prior, row) => {
      if (prior === null) return
      const off = (prior.value - at[row]!) / prior.sd
      cost += off * off
      if (!withSystem) return
      right[row]! += off / prior.sd
      normal[row * n + row]! += 1 / prior.sd ** 2
    })
    return cost
  }

  let damping = 1e-3
  let cost = build(parameters, true)
  const m = n - request.firstLinear
  const linear = new Float64Array(m * m)
  for (let row = 0; row < m; row++) {
    for (let column = 0; column <= row; column++) {
      linear[row * m + column] = normal[(row + request.firstLinear) * n + column + request.firstLinear]!
    }
  }
  const change = right.slice(request.firstLinear)
  if (solveSymmetric(linear, change, m)) {
    const solved = parameters.slice()
    for (let row = 0; row < m; row++) solved[row + request.firstLinear]! += change[row]!
    if (build(solved, false) < cost) parameters = solved
    cost = build(parameters, true)
  }
  for (let round = 0; round < request.rounds; round++) {
    const a = normal.slice()
    const b = right.slice()
    for (let row = 0; row < n; row++) a[row * n + row]! *= 1 + damping
    const next = parameters.slice()
    let isBetter = false
    let nextCost = cost
    if (solveSymmetric(a, b, n)) {
      for (let row = 0; row < n; row++) next[row]! += b[row]!
      nextCost = build(next, false)
      isBetter = nextCost < cost
    }
    if (isBetter) {
      const gain = (cost - nextCost) / Math.max(cost, 1e-12)
      parameters = next
      damping = Math.max(1e-6, damping / 5)
      if (gain < SMALLEST_GAIN) {
        cost = nextCost
        break
      }
      cost = build(parameters, true)
    } else {
      damping *= 8
      if (damping > 1e6) break
    }
  }
  return { parameters, cost }
}
