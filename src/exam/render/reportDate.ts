import type { ExamRecord } from '../record/examRecord.ts'

/**
 * The date that a file made of a record states: of its last signature, else of the exam; never of the clock, so that
 * the same record gives the same file.
 */
export function reportDate({ inputs, signatures }: ExamRecord): Date {
  const date = new Date(signatures.at(-1)?.signedAt ?? `${inputs.study.studyDate ?? '1970-01-01'}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? new Date(0) : date
}
