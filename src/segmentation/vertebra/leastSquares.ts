import { type Model, type ModelTable, modelTable } from './modelTable.ts'
import { addPoints, normalSystem, solveSymmetric } from './normalEquations.ts'

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

/** The model at one place in parameter space, held against the measured points. */
interface Trial {
  parameters: Float64Array
  readonly table: ModelTable
  /** Measured less expected, in SD. */
  readonly off: Float64Array
  cost: number
}

/**
 * Fits a model to measured points by damped least squares with Huber weights and priors.
 *
 * @see Marquardt DW. J Soc Indust Appl Math 1963;11:431–441. doi:10.1137/0111030
 * @returns The parameters of the least cost found, and that cost.
 */
export function fitLeastSquares(request: FitRequest, model: Model, measured: Float64Array) {
  const { points, priors, sd, huber } = request
  const n = request.start.length
  const blocks = request.blocks ?? [{ end: points, from: 0, to: n }]
  const stride = Math.max(...blocks.map(({ from, to }) => to - from))
  const variance = sd.map((one) => one ** 2)
  const share = new Float64Array(points)
  const system = normalSystem(n)
  const { normal, right } = system

  const trialAt = (parameters: Float64Array): Trial => ({
    parameters,
    table: modelTable(points, stride),
    off: new Float64Array(points),
    cost: 0,
  })
  const evaluate = (trial: Trial): void => {
    const { parameters, table, off } = trial
    model(parameters, table)
    const { values } = table
    let cost = 0
    for (let point = 0; point < points; point++) {
      const own = (measured[point]! - values[point]!) / sd[point]!
      const size = Math.abs(own)
      off[point] = own
      cost += size <= huber ? own * own : 2 * huber * size - huber ** 2
    }
    for (let row = 0; row < n; row++) {
      const prior = priors[row] ?? null
      if (prior === null) continue
      const own = (prior.value - parameters[row]!) / prior.sd
      cost += own * own
    }
    trial.cost = cost
  }
  /** The system of the last evaluation: nothing of the model is computed again. */
  const build = ({ parameters, table, off }: Trial): void => {
    normal.fill(0)
    right.fill(0)
    for (let point = 0; point < points; point++) {
      const size = Math.abs(off[point]!)
      share[point] = (size <= huber ? 1 : huber / size) / variance[point]!
    }
    let first = 0
    for (const { end, from, to } of blocks) {
      addPoints(system, { first, end, from, to, table, share, off, sd })
      first = end
    }
    for (let row = 0; row < n; row++) {
      const prior = priors[row] ?? null
      if (prior === null) continue
      right[row]! += (prior.value - parameters[row]!) / prior.sd / prior.sd
      normal[row * n + row]! += 1 / prior.sd ** 2
    }
  }

  let best = trialAt(Float64Array.from(request.start))
  let other = trialAt(new Float64Array(n))
  const isBetter = (): boolean => {
    evaluate(other)
    return other.cost < best.cost
  }
  const accept = (): void => {
    ;[best, other] = [other, best]
  }

  evaluate(best)
  build(best)
  const m = n - request.firstLinear
  const linear = new Float64Array(m * m)
  for (let row = 0; row < m; row++) {
    for (let column = 0; column <= row; column++) {
      linear[row * m + column] = normal[(row + request.firstLinear) * n + column + request.firstLinear]!
    }
  }
  const change = right.slice(request.firstLinear)
  let isBuilt = true
  if (m > 0 && solveSymmetric(linear, change, m)) {
    other.parameters.set(best.parameters)
    for (let row = 0; row < m; row++) other.parameters[row + request.firstLinear]! += change[row]!
    if (isBetter()) {
      accept()
      isBuilt = false
    }
  }
  const damped = new Float64Array(n * n)
  const step = new Float64Array(n)
  let damping = 1e-3
  for (let round = 0; round < request.rounds; round++) {
    if (!isBuilt) build(best)
    isBuilt = true
    damped.set(normal)
    step.set(right)
    for (let row = 0; row < n; row++) damped[row * n + row]! *= 1 + damping
    let isLower = false
    if (solveSymmetric(damped, step, n)) {
      for (let row = 0; row < n; row++) other.parameters[row] = best.parameters[row]! + step[row]!
      isLower = isBetter()
    }
    if (isLower) {
      const gain = (best.cost - other.cost) / Math.max(best.cost, 1e-12)
      accept()
      isBuilt = false
      damping = Math.max(1e-6, damping / 5)
      if (gain < SMALLEST_GAIN) break
    } else {
      damping *= 8
      if (damping > 1e6) break
    }
  }
  return { parameters: best.parameters, cost: best.cost }
}
