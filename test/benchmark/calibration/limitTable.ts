/** One promise of a bench: what was asked, what was found, whether it held. Null: stated, not limited. */
export interface Limit {
  readonly what: string
  readonly found: string
  readonly limit: string
  readonly held: boolean | null
}

/** Prints promises under each other and answers whether all held. */
export function printLimits(limits: readonly Limit[]): boolean {
  const width = (of: (limit: Limit) => string) => Math.max(...limits.map((limit) => of(limit).length))
  const [what, found] = [width((limit) => limit.what), width((limit) => limit.found)]
  for (const limit of limits) {
    const verdict = limit.held === null ? '      ' : limit.held ? 'held  ' : 'BROKEN'
    console.log(`${verdict} ${limit.what.padEnd(what)}  ${limit.found.padEnd(found)}  ${limit.limit}`)
  }
  return limits.every(({ held }) => held !== false)
}

/** Mean of numbers; NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Sample standard deviation (n − 1). */
export function sdOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
