import { DENSITY_ROUTES } from '../../../core/calibration/calibrationRoute.ts'
import { SPINE_PRINTING } from '../../../core/report/printingMatrix.ts'
import type { Mineral, VertebralLevel } from '../../../core/units.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import type { Disagreement, LevelByCalibration } from '../../../exam/record/routeResults.ts'
import type { RecordRoute, RecordWarning, RequestedCalibration } from '../../../exam/record/scalars.ts'

/** What one route made of one level, and how far that lies from the used one where they cannot both be right. */
export interface RouteCell {
  readonly level: VertebralLevel
  readonly value: LevelByCalibration | null
  readonly fromUsed: { readonly differenceMgPerCm3: number; readonly crossedCuts: readonly number[] } | null
}

/** One route of the table. */
export interface RouteRow {
  readonly route: RecordRoute
  readonly status: 'done' | 'refused' | 'not possible' | 'not tried'
  readonly isUsed: boolean
  /** Why it does not calibrate, or what it would need; null where it does. */
  readonly reason: string | null
  /** What choosing it asks for; null where choosing it would change nothing or give nothing. */
  readonly request: RequestedCalibration | null
  readonly mineral: Mineral | null
  readonly isResearch: boolean
  readonly isLimited: boolean
  readonly cells: readonly RouteCell[]
  readonly doubts: readonly RecordWarning[]
}

const ROUTES: readonly RecordRoute[] = [...DENSITY_ROUTES, 'hu-only']

const REQUESTS: Readonly<Record<RecordRoute, RequestedCalibration>> = {
  'in-scan': 'in-scan',
  asynchronous: 'asynchronous',
  'tissue-precalibrated': 'tissue',
  'tissue-raw': 'tissue',
  'dual-energy': 'dual-energy',
  'hu-only': 'hu-only',
}

/**
 * Every route as a row of the table, in the order of trust.
 *
 * @param present - The record of the present decisions: it says which route is used.
 * @param compared - The record whose routes are shown; the same where nothing was compared.
 */
export const routeRows = (present: ExamRecord, compared: ExamRecord): RouteRow[] =>
  ROUTES.map((route) => rowOf(route, present, compared))

function rowOf(route: RecordRoute, present: ExamRecord, compared: ExamRecord): RouteRow {
  const { used, requested } = present.decisions.calibration
  const isUsed = route === 'hu-only' ? requested === 'hu-only' : route === used
  const standing = standingOf(route, compared)
  const cells = cellsOf(route, compared, used)
  const printing = route === 'hu-only' ? null : SPINE_PRINTING[route].vbmd
  return {
    route,
    ...standing,
    isUsed,
    request: isUsed || !canBeChosen(route, standing.status, compared) ? null : REQUESTS[route],
    mineral: cells.find(({ value }) => value?.mineral != null)?.value?.mineral ?? null,
    isResearch: printing === 'research',
    isLimited: printing === 'with limitation',
    cells,
    doubts: doubtsOf(route, compared),
  }
}

function standingOf(route: RecordRoute, { results, decisions, refusal }: ExamRecord) {
  const found = results.routes.find((known) => known.route === route)
  if (found !== undefined) return { status: found.status, reason: found.refusal?.message ?? null }
  const { requested } = decisions.calibration
  // An exam refused before its routes were tried says why of the one that was asked for.
  if (results.routes.length === 0 && refusal !== undefined && requested === REQUESTS[route])
    return { status: 'refused', reason: refusal.message } as const
  const isTried = requested === 'all' && results.routes.length > 0
  return isTried
    ? ({ status: 'not possible', reason: needs(route) } as const)
    : ({ status: 'not tried', reason: null } as const)
}

/** What a route lacks that a comparison of all did not try. */
const needs = (route: RecordRoute) =>
  route === 'tissue-precalibrated' || route === 'tissue-raw' ? phrase(`viewer.routes.needs.${route}`) : null

/** Of the two ways by tissues the first that calibrates is taken: the raw one cannot be chosen beside the other. */
function canBeChosen(route: RecordRoute, status: RouteRow['status'], { results }: ExamRecord): boolean {
  if (status !== 'done' && status !== 'not tried') return false
  const isOther = results.routes.some(
    (known) => known.route === 'tissue-precalibrated' && known.status === 'done',
  )
  return !(route === 'tissue-raw' && isOther)
}

const cellsOf = (route: RecordRoute, { results }: ExamRecord, used: string): RouteCell[] =>
  results.spine.levels.map(({ level, byCalibration }) => ({
    level,
    value: byCalibration.find((value) => value.route === route) ?? null,
    fromUsed: fromUsed(results.spine.disagreements, level, route, used),
  }))

function fromUsed(
  disagreements: readonly Disagreement[],
  level: VertebralLevel,
  route: RecordRoute,
  used: string,
): RouteCell['fromUsed'] {
  const found = disagreements.find(
    ({ routes, ...pair }) =>
      pair.level === level &&
      pair.kind === 'differ' &&
      routes.some((name) => name === route) &&
      routes.some((name) => name === used),
  )
  if (found === undefined || route === used || found.differenceMgPerCm3 === null) return null
  const sign = found.routes[1] === route ? 1 : -1
  return { differenceMgPerCm3: sign * found.differenceMgPerCm3, crossedCuts: found.crossedCuts }
}

/** A route's own doubts, and those of its levels with the level's name; each once. */
function doubtsOf(route: RecordRoute, { results }: ExamRecord): RecordWarning[] {
  const own = results.routes.find((known) => known.route === route)?.warnings ?? []
  const levels = new Map<string, { warning: RecordWarning; levels: string[] }>()
  for (const { level, byCalibration } of results.spine.levels)
    for (const warning of byCalibration.find((value) => value.route === route)?.warnings ?? []) {
      const key = `${warning.code} ${warning.message}`
      const known = levels.get(key)
      if (known === undefined) levels.set(key, { warning, levels: [level] })
      else known.levels.push(level)
    }
  const said = new Set(own.map(({ message }) => message))
  return [
    ...own,
    ...[...levels.values()]
      .filter(({ warning }) => !said.has(warning.message))
      .map(({ warning, levels: names }) => ({
        code: warning.code,
        message: `${names.join(', ')}: ${warning.message}`,
      })),
  ]
}
