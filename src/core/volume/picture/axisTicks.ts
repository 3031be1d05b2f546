/** Where an axis is marked, and how its numbers are written. */
export interface AxisTicks {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Decimals that tell neighbouring ticks apart. */
  readonly decimals: number
}

/**
 * A range that holds all values with ticks at round numbers (1, 2 or 5 times a power of ten).
 *
 * @param wanted - About how many intervals; the range ends on ticks.
 */
export function axisTicks(values: readonly number[], wanted = 6): AxisTicks {
  const finite = values.filter(Number.isFinite)
  const least = finite.length === 0 ? 0 : Math.min(...finite)
  const most = finite.length === 0 ? 1 : Math.max(...finite)
  const span = most > least ? most - least : Math.max(1, Math.abs(most))
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10)
  const first = Math.floor(least / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9))
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
  return {
    low: first * step,
    high: last * step,
    ticks,
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  }
}
