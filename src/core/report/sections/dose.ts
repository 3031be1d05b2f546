import { AREA_SOURCES } from '../../dose/anatomicArea.ts'
import { printedDigits } from '../../dose/statedQuantity.ts'
import { phrase, type WordKey } from '../../words/words.ts'
import { personName } from '../personName.ts'
import type { ReportRule, ReportSection, ReportStatement, ReportTable } from '../reportDocument.ts'
import type { ReportDoseEvent, ReportDoseInput } from '../reportDoseInput.ts'
import { MISSING } from './header.ts'

const LAW: ReportRule = 'SB 1237 115111(d)'
const TABLE_RULE: ReportRule = 'SB 1237 UC-DOSE 2.B.2, appendix A'
const NO_SUMS: ReportRule = 'SB 1237 UC-DOSE 2.C.3'
const EXPLANATION: ReportRule = 'SB 1237 UC-DOSE 2.C.5'
const DOUBT: ReportRule = 'House doubt travels with the number'
const CONFIRM: ReportRule = 'House what is inferred is said'

const INFERRED = '*'
const BY_PERSON = '†'

/** Where a source is not one that is known, or not stated, the report says that. */
const SOURCES = ['113856', '113866', '113868'] as const

const isLocalizer = ({ exposureEvent }: ReportDoseEvent) => exposureEvent === null

function areaCell({ anatomicArea, areaSource }: ReportDoseEvent): string {
  if (anatomicArea === null) return phrase('report.dose.notStated')
  const area = anatomicArea.map((region) => phrase(`dose.region.${region}`)).join('/')
  return areaSource === 'person' ? area : area + INFERRED
}

function phantomCell({ phantomCm, phantomSource }: ReportDoseEvent): string {
  if (phantomCm === null) return phrase('report.dose.notStated')
  const size = phrase('report.dose.phantom', { size: phantomCm })
  return phantomSource === 'person' ? size + BY_PERSON : size
}

const doseCell = (value: number | null, digits: string | null) =>
  value === null || digits === null ? MISSING : printedDigits({ value, digits })

/** As the scanner's sheet names the scan: its number, its protocol, or at least how it moved. */
function seriesCell(event: ReportDoseEvent): string {
  const { series, protocol, acquisitionType } = event
  if (series !== null) return protocol === null ? series : `${series} (${protocol})`
  if (protocol !== null) return protocol
  return acquisitionType === null || isLocalizer(event) ? MISSING : phrase(`dose.type.${acquisitionType}`)
}

function eventTable(events: readonly ReportDoseEvent[]): ReportTable {
  const column = (name: WordKey, unit: string, align: 'left' | 'right') => ({
    title: phrase(name),
    unit,
    align,
  })
  return {
    caption: phrase('report.dose.caption'),
    columns: [
      column('report.dose.column.event', '', 'left'),
      column('report.dose.column.series', '', 'left'),
      column('report.dose.column.area', '', 'left'),
      column('report.dose.column.phantom', '', 'left'),
      column('report.dose.column.ctdiVol', 'mGy', 'right'),
      column('report.dose.column.dlp', 'mGy·cm', 'right'),
    ],
    rows: events.map((event) =>
      isLocalizer(event)
        ? [MISSING, seriesCell(event), phrase('report.dose.localizer'), MISSING, MISSING, MISSING]
        : [
            String(event.exposureEvent),
            seriesCell(event),
            areaCell(event),
            phantomCell(event),
            doseCell(event.ctdiVolMgy, event.ctdiVolDigits),
            doseCell(event.dlpMgyCm, event.dlpDigits),
          ],
    ),
    rule: TABLE_RULE,
  }
}

const plural = (count: number) => phrase(count === 1 ? 'report.dose.event' : 'report.dose.events')

function leadSentence({ inputs }: ReportDoseInput, count: number): ReportStatement {
  const { patientName, patientId } = inputs.patient
  const name = personName(patientName ?? '') || (patientId ?? '')
  const patient =
    name === '' ? phrase('report.dose.thisPatient') : phrase('report.dose.namedPatient', { name })
  return { text: phrase('report.dose.lead', { patient, count, events: plural(count) }), rule: LAW }
}

function areaStatements(events: readonly ReportDoseEvent[]): ReportStatement[] {
  const statements: ReportStatement[] = []
  const sources = AREA_SOURCES.filter((source) => events.some(({ areaSource }) => areaSource === source))
  if (sources.length > 0) {
    const said = sources.map((source) => phrase(`dose.areaSource.${source}`))
    statements.push({ text: phrase('report.dose.areaInferred', { sources: said }), rule: CONFIRM })
  }
  const count = events.filter(({ anatomicArea }) => anatomicArea === null).length
  if (count > 0)
    statements.push({
      text: phrase('report.dose.areaUnknown', { count, events: plural(count) }),
      rule: TABLE_RULE,
    })
  return statements
}

function sourceStatement(events: readonly ReportDoseEvent[]): ReportStatement {
  const codes = new Set(
    events.map(({ source }) => SOURCES.find((known) => known === source) ?? ('unstated' as const)),
  )
  const source = [...codes].map((code) => phrase(`dose.source.${code}`))
  return { text: phrase('report.dose.source', { source }), rule: NO_SUMS }
}

function doubtStatements(events: readonly ReportDoseEvent[]): ReportStatement[] {
  return events.flatMap(({ exposureEvent, doubts }) =>
    doubts.map(({ message }) => ({
      text:
        exposureEvent === null
          ? phrase('report.dose.doubtOfLocalizer', { message })
          : phrase('report.dose.doubtOfEvent', { number: exposureEvent, message }),
      rule: DOUBT,
    })),
  )
}

/**
 * The dose section: lead sentence, one row per irradiation event as the scanner's sheet lists them, localizers
 * without number and dose, explanatory text, and every doubt about the numbers. Values are printed with the digits
 * of their source, and none is ever added to another.
 *
 * @see California Health and Safety Code 115111
 * @see UC-DOSE, Recommendations for Compliance with California Senate Bill 1237 (2012), section 2 and appendix A
 */
export function doseSection(input: ReportDoseInput): ReportSection {
  const { dose } = input.results
  const warnings = (dose?.warnings ?? []).map(({ message }) => ({ text: message, rule: DOUBT }))
  const head = { id: 'dose', heading: phrase('report.heading.dose') } as const
  if (dose === null || dose.events.length === 0)
    return { ...head, statements: [{ text: phrase('report.dose.none'), rule: LAW }, ...warnings] }

  const { events } = dose
  const numbered = events.filter((event) => !isLocalizer(event))
  const byPerson = numbered.some(({ phantomSource }) => phantomSource === 'person')
  return {
    ...head,
    lead: leadSentence(input, numbered.length),
    table: eventTable(events),
    statements: [
      { text: phrase('report.dose.explanation'), rule: EXPLANATION },
      sourceStatement(events),
      ...areaStatements(numbered),
      ...(byPerson ? [{ text: phrase('report.dose.phantomByPerson'), rule: CONFIRM }] : []),
      ...doubtStatements(events),
      ...warnings,
    ],
  }
}
