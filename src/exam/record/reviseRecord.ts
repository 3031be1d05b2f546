import { QctError } from '../../core/errors.ts'
import { printedValue } from '../../core/report/printedValue.ts'
import { signedReport } from '../../core/report/signedReport.ts'
import { spineReport } from '../../core/report/spineReport.ts'
import { phrase } from '../../core/words/words.ts'
import { reportText } from '../render/text.ts'
import { canonicalJson } from './canonicalJson.ts'
import type { ExamRecord } from './examRecord.ts'

/**
 * A new draft as the next version of a signed record: it names what it replaces, and says what differs.
 *
 * @throws {QctError} `SIGNING_REFUSED` when the earlier record is not signed: a draft is simply written anew.
 */
export function reviseRecord(signed: ExamRecord, draft: ExamRecord): ExamRecord {
  const last = signed.signatures.at(-1)
  if (last === undefined) throw new QctError('SIGNING_REFUSED', { problem: phrase('report.signing.notYet') })
  const differences = recordDifferences(signed, draft)
  const revision = {
    number: signed.revision.number + 1,
    supersedesSha256: last.sha256,
    changes: differences.length === 0 ? [phrase('report.revision.nothing')] : differences,
  }
  const text = reportText(signedReport(spineReport(draft), [], revision))
  return {
    ...draft,
    results: { ...draft.results, report: { text, frozen: null } },
    revision,
    signatures: [],
  }
}

/**
 * Whether a record may take the place of another: anything may follow a draft; a signed record is followed by itself
 * with more signatures, or by its next version.
 */
export function maySucceed(earlier: ExamRecord, later: ExamRecord): boolean {
  const last = earlier.signatures.at(-1)
  if (last === undefined) return true
  const isNextVersion =
    later.revision.number === earlier.revision.number + 1 && later.revision.supersedesSha256 === last.sha256
  const shortened = { ...later, signatures: later.signatures.slice(0, earlier.signatures.length) }
  return isNextVersion || canonicalJson(shortened) === canonicalJson(earlier)
}

/** What differs between two results of an exam, in words: values, category, methods and program, and what was typed. */
function recordDifferences(before: ExamRecord, after: ExamRecord): string[] {
  const rows: [string, string, string][] = [
    [phrase('report.revision.mean'), meanOf(before), meanOf(after)],
    ...levelsOf(before, after).map((level): [string, string, string] => [
      level,
      levelOf(before, level),
      levelOf(after, level),
    ]),
    [phrase('report.revision.category'), categoryOf(before), categoryOf(after)],
    [phrase('report.revision.methods'), methodsOf(before), methodsOf(after)],
  ]
  const typed = [
    isOther(before.inputs.patient, after.inputs.patient) && phrase('report.revision.patient'),
    isOther(before.decisions.readerText, after.decisions.readerText) && phrase('report.revision.readerText'),
    isOther(before.results.dose, after.results.dose) && phrase('report.revision.dose'),
  ]
  return [
    ...rows
      .filter(([, old, now]) => old !== now)
      .map(([what, old, now]) => phrase('report.revision.change', { what, old, now })),
    ...typed.filter((what) => what !== false),
  ]
}

const isOther = (before: unknown, after: unknown) => canonicalJson(before) !== canonicalJson(after)

const NONE = '—'

const meanOf = ({ results: { spine } }: ExamRecord) =>
  spine.meanVbmdMgPerCm3 === null
    ? NONE
    : `${printedValue(spine.meanVbmdMgPerCm3, spine.meanUncertaintyMgPerCm3)} mg/cm³`

const levelsOf = (...records: readonly ExamRecord[]) => [
  ...new Set(records.flatMap(({ results }) => results.spine.levels.map(({ level }) => level))),
]

function levelOf({ results }: ExamRecord, name: string): string {
  const level = results.spine.levels.find((candidate) => candidate.level === name)
  if (level === undefined || level.meanHu === null) return NONE
  return level.vbmdMgPerCm3 === null
    ? `${printedValue(level.meanHu, null)} HU`
    : `${printedValue(level.vbmdMgPerCm3, level.uncertaintyMgPerCm3)} mg/cm³`
}

const categoryOf = ({ results }: ExamRecord) => results.spine.category ?? NONE

const methodsOf = ({ inputs: { software } }: ExamRecord) =>
  [`${software.name} ${software.version}`, ...Object.values(software.methods)].join(', ')
