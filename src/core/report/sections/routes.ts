import { phrase } from '../../words/words.ts'
import { printedValue } from '../printedValue.ts'
import { SPINE_PRINTING } from '../printingMatrix.ts'
import type { ReportRouteValue } from '../reportCalibrationInput.ts'
import type { ReportSection, ReportStatement, ReportTable } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'
import { MISSING } from './header.ts'

const RULE = 'House routes side by side'

/**
 * Every calibration route beside the others: a table where more than one calibrates, the reasons of those that do not,
 * and where they disagree. Empty where there is nothing to compare.
 */
export function routesSections(input: ReportInput): ReportSection[] {
  const { routes, spine } = input.results
  const { requested } = input.decisions.calibration
  const calibrating = routes.filter(({ route, status }) => route !== 'hu-only' && status === 'done')
  const stopped = routes.filter(
    ({ route, status }) =>
      status !== 'done' &&
      // Screening has a section of its own; that no phantom was found by itself is said as "no calibration".
      route !== 'hu-only' &&
      !(requested === 'auto' && route === 'in-scan'),
  )
  const isTable = calibrating.length > 1 && spine.levels.some(({ byCalibration }) => byCalibration.length > 0)
  if (!isTable && stopped.length === 0) return []
  const reasons = stopped.map(
    ({ route, status, refusal }): ReportStatement => ({
      text: phrase(`report.route.stopped.${status === 'refused' ? 'refused' : 'not possible'}`, {
        route: phrase(`report.route.name.${route}`),
        reason: refusal?.message ?? '',
      }),
      rule: RULE,
    }),
  )
  return [
    {
      id: 'routes',
      heading: phrase(isTable ? 'report.heading.routes' : 'report.heading.routesTried'),
      ...(isTable ? { table: routesTable(input) } : {}),
      statements: [
        ...(isTable ? [{ text: phrase('report.route.parts'), rule: RULE } as const] : []),
        ...(isTable ? disagreements(input) : []),
        // Of the used route the technique says it.
        ...(calibrating.some(({ route }) => route === 'asynchronous') &&
        input.decisions.calibration.used !== 'asynchronous'
          ? [{ text: phrase('report.technique.scannerDriftUnknown'), rule: RULE } as const]
          : []),
        ...doubts(input),
        ...reasons,
      ],
    },
  ]
}

function routesTable(input: ReportInput): ReportTable {
  const { used } = input.decisions.calibration
  const column = (title: string, unit: string, align: 'left' | 'right') => ({ title, unit, align })
  return {
    caption: phrase('report.route.table'),
    columns: [
      column(phrase('report.column.level'), '', 'left'),
      column(phrase('report.route.column.route'), '', 'left'),
      column(phrase('report.route.column.mineral'), '', 'left'),
      column(phrase('report.column.vbmd'), 'mg/cm³', 'right'),
      column(phrase('report.route.column.noise'), 'mg/cm³', 'right'),
      column(phrase('report.route.column.calibration'), 'mg/cm³', 'right'),
      column(phrase('report.route.column.standing'), '', 'left'),
    ],
    rows: input.results.spine.levels.flatMap(({ level, byCalibration }) =>
      byCalibration.map((value) => [
        level,
        phrase(`report.route.name.${value.route}`),
        value.mineral ?? MISSING,
        value.vbmdMgPerCm3 === null ? MISSING : printedValue(value.vbmdMgPerCm3, value.uncertaintyMgPerCm3),
        value.parts.noiseMgPerCm3?.toFixed(2) ?? MISSING,
        value.parts.calibrationMgPerCm3?.toFixed(2) ?? MISSING,
        standing(value, used),
      ]),
    ),
    rule: RULE,
  }
}

/** How a value may be read: whether it is the used one, and what the printing matrix says of its route. */
function standing({ route, refusal }: ReportRouteValue, used: string): string {
  if (refusal !== null) return phrase('report.findings.notMeasured')
  const { vbmd } = SPINE_PRINTING[route]
  const words = [
    route === used ? phrase('report.route.standing.used') : '',
    vbmd === 'research' ? phrase('report.route.standing.research') : '',
    vbmd === 'with limitation' ? phrase('report.route.standing.limited') : '',
  ].filter((word) => word !== '')
  return words.length === 0 ? MISSING : words.join(', ')
}

/** The doubts of the routes beside the used one, whose own stand with the limitations. */
function doubts({ results, decisions }: ReportInput): ReportStatement[] {
  const { used } = decisions.calibration
  const said = new Set<string>()
  const add = (route: ReportRouteValue['route'], message: string, level: string | null) =>
    said.add(
      phrase(level === null ? 'report.route.doubt' : 'report.route.doubtAt', {
        route: phrase(`report.route.name.${route}`),
        level,
        message,
      }),
    )
  for (const { route, warnings } of results.routes)
    if (route !== used && route !== 'hu-only') for (const { message } of warnings) add(route, message, null)
  for (const { level, byCalibration } of results.spine.levels)
    for (const { route, warnings, refusal } of byCalibration) {
      if (route === used) continue
      for (const { message } of warnings) add(route, message, level)
      if (refusal !== null) add(route, refusal.message, level)
    }
  return [...said].map((text) => ({ text, rule: RULE }))
}

function disagreements({ results }: ReportInput): ReportStatement[] {
  const said = new Set<string>()
  for (const { level, routes, kind, ...found } of results.spine.disagreements) {
    const [first, second] = routes.map((route) => phrase(`report.route.name.${route}`))
    if (kind === 'other mineral scale') {
      said.add(phrase('report.route.otherScale', { first, second }))
      continue
    }
    const differ = phrase('report.route.differ', {
      level,
      first,
      second,
      difference: Math.abs(found.differenceMgPerCm3 ?? 0).toFixed(1),
      joint: (found.jointMgPerCm3 ?? 0).toFixed(1),
    })
    said.add(
      found.crossedCuts.length === 0
        ? differ
        : `${differ} ${phrase('report.route.crosses', { cuts: found.crossedCuts })}`,
    )
  }
  const differ = results.spine.disagreements.some(({ kind }) => kind === 'differ')
  return [...(differ ? [] : [phrase('report.route.agree')]), ...said].map((text) => ({ text, rule: RULE }))
}
