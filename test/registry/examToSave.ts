import { canonicalSha256 } from '../../src/exam/record/canonicalJson.ts'
import type { ExamRecord } from '../../src/exam/record/examRecord.ts'
import type { ExamToSave } from '../../src/registry/saveExam.ts'
import { exampleRecord } from '../exam/record/exampleRecord.ts'

/** The example record with a finding typed by its reader, so that two texts make two records. */
export function recordWith(findings: string): ExamRecord {
  const record = exampleRecord()
  return {
    ...record,
    decisions: { ...record.decisions, readerText: { ...record.decisions.readerText, findings } },
  }
}

/** A version of an exam, ready to be saved. */
export async function examToSave(
  examId: string,
  basedOnVersion: number,
  record: ExamRecord,
): Promise<ExamToSave> {
  return { examId, basedOnVersion, record, sha256: await canonicalSha256(record) }
}
