import { printedDigits } from '../../core/dose/statedQuantity.ts'
import { printedValue } from '../../core/report/printedValue.ts'
import { COVERAGE_FACTOR } from '../../core/spine/meanVbmd.ts'
import { SPINE_CATEGORY_CUTS } from '../../core/spine/spineCategory.ts'
import { phrase } from '../../core/words/words.ts'
import type { DoseEventResult } from '../../exam/record/dose.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { LevelResult } from '../../exam/record/results.ts'
import type { RecordRoute } from '../../exam/record/scalars.ts'

/** An exam in a few lines: a value per level and route, the mean, the calibration, the dose of each event, and every doubt by its code. */
export function summaryLines(record: ExamRecord): string[] {
  const { spine, warnings, dose } = record.results
  const mean =
    spine.meanVbmdMgPerCm3 === null
      ? []
      : [
          phrase('cli.printed.mean', {
            value: printedValue(spine.meanVbmdMgPerCm3, spine.meanUncertaintyMgPerCm3, SPINE_CATEGORY_CUTS),
          }),
        ]
  const events = dose?.events ?? []
  const said = [
    ...warnings,
    ...spine.levels.flatMap((level) => level.warnings),
    ...events.flatMap((event) => event.doubts),
    ...(dose?.warnings ?? []),
  ]
  const codes = said.map(({ code }) => code)
  const doubts = codes.length === 0 ? [] : [phrase('cli.printed.warnings', { codes: [...new Set(codes)] })]
  return [
    ...spine.levels.flatMap((level) => [levelLine(level), ...routeLines(level, record)]),
    ...mean,
    ...calibrationLines(record),
    ...events.flatMap(doseLine),
    ...doubts,
  ]
}

const routeName = (route: RecordRoute | 'none') => phrase(`report.route.name.${route}`)

/** What every route made of a level, where there is more than one. */
function routeLines({ byCalibration }: LevelResult, { decisions }: ExamRecord): string[] {
  if (byCalibration.length < 2) return []
  return byCalibration.map(({ route, vbmdMgPerCm3, uncertaintyMgPerCm3, mineral, refusal }) => {
    const name = `${routeName(route)}${route === decisions.calibration.used ? ' *' : ''}`
    const line =
      vbmdMgPerCm3 === null
        ? phrase('cli.printed.routeStopped', {
            route: name,
            status: phrase('report.findings.notMeasured'),
            code: refusal?.code,
          })
        : `${phrase('cli.printed.route', { route: name, value: printedValue(vbmdMgPerCm3, uncertaintyMgPerCm3) })} ${mineral ?? ''}`
    return `     ${line}`
  })
}

/** Which calibration was used, which routes were stopped, and the screening attenuation. */
function calibrationLines({ decisions, results }: ExamRecord): string[] {
  const { used } = decisions.calibration
  const { attenuationHu, standardErrorHu } = results.spine.screening ?? {}
  return [
    ...(used === 'none' ? [] : [phrase('cli.printed.used', { route: routeName(used) })]),
    ...results.routes.flatMap(({ route, status, refusal }) =>
      status === 'done'
        ? []
        : [phrase('cli.printed.routeStopped', { route: routeName(route), status, code: refusal?.code })],
    ),
    ...(attenuationHu == null || standardErrorHu == null
      ? []
      : [
          phrase('cli.printed.screening', {
            value: printedValue(attenuationHu, COVERAGE_FACTOR * standardErrorHu),
          }),
        ]),
  ]
}

/** The dose of one event; localizers have none. */
function doseLine(event: DoseEventResult): string[] {
  const { exposureEvent, ctdiVolMgy, ctdiVolDigits, dlpMgyCm, dlpDigits, phantomCm } = event
  const printed = (value: number | null, digits: string | null) =>
    value === null || digits === null ? '—' : printedDigits({ value, digits })
  if (exposureEvent === null) return []
  const facts = {
    number: exposureEvent,
    ctdiVol: printed(ctdiVolMgy, ctdiVolDigits),
    dlp: printed(dlpMgyCm, dlpDigits),
    phantom: phantomCm === null ? '—' : phrase('report.dose.phantom', { size: phantomCm }),
  }
  return [phrase('cli.printed.dose', facts)]
}

function levelLine(level: LevelResult): string {
  if (level.status === 'refused' || level.meanHu === null)
    return `${level.level}   ${phrase('cli.printed.refused', { code: level.refusal?.code ?? '' })}`
  const density =
    level.vbmdMgPerCm3 === null
      ? ''
      : `${phrase('cli.printed.density', { value: printedValue(level.vbmdMgPerCm3, level.uncertaintyMgPerCm3) })}   `
  return `${level.level}   ${density}${phrase('cli.printed.ctNumber', { value: level.meanHu.toFixed(1) })}`
}
