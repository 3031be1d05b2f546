import { DENSITY_ROUTES, type DensityRoute } from '../../../core/calibration/calibrationRoute.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import type { CalibrationResult } from '../../../exam/record/results.ts'

/** The line of a route beside the used one. */
export interface OtherLine {
  readonly route: DensityRoute
  readonly slope: number
  readonly intercept: number
}

/**
 * The lines of the routes beside the used one, on the same mineral scale; a phantom's in the slices of a level.
 *
 * @param level - The level on screen; where it has none of a route's own, the first that has one stands in.
 */
export function otherLines(
  { results }: ExamRecord,
  { method: used, mineral }: Pick<CalibrationResult, 'method' | 'mineral'>,
  level: string | null,
): { readonly lines: readonly OtherLine[]; readonly hasOtherScale: boolean } {
  const all = DENSITY_ROUTES.filter((route) => route !== used).flatMap((route) => {
    const own = results.calibrations.filter(({ method }) => method === route)
    const found = own.find(({ id }) => id === level) ?? own[0]
    return found?.slopeMgPerCm3PerHu == null || found.interceptMgPerCm3 === null
      ? []
      : [
          {
            route,
            mineral: found.mineral,
            slope: found.slopeMgPerCm3PerHu,
            intercept: found.interceptMgPerCm3,
          },
        ]
  })
  const same = all.filter((line) => mineral === null || line.mineral === mineral)
  return {
    lines: same.map(({ route, slope, intercept }) => ({ route, slope, intercept })),
    hasOtherScale: same.length < all.length,
  }
}
