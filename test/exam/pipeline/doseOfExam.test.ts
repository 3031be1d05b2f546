import { expect, it } from 'vitest'
import { openExam } from '../../../src/dicom/openExam.ts'
import { analyzeSource } from '../../../src/exam/pipeline/analyzeSource.ts'
import { PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { examDigest, examSources } from '../../../src/exam/pipeline/examSource.ts'
import { parseExamRecord, serializeExamRecord } from '../../../src/exam/record/examRecord.ts'
import { ctBytes, named } from '../../dicom/dicomBytes.ts'
import { doseItems, doseReportBytes, event } from '../../dicom/dose/srFixture.ts'

const open = async (...reports: readonly Uint8Array<ArrayBuffer>[]) => {
  const files = [named(ctBytes()), ...reports.map((bytes, n) => named(bytes, `SR${n}`))]
  return examSources(await openExam(files), [])[0]!
}

it('carries the dose of the study into the record and its report, also when the exam itself is refused', async () => {
  const { record } = await analyzeSource(await open(doseReportBytes()), PLAIN_REQUEST)
  expect(record.status).toBe('refused') // one slice is no volume
  expect(record.results.dose?.events).toMatchObject([{ exposureEvent: 1, ctdiVolDigits: '10.50' }])
  expect(record.results.report.text).toMatch(/1 +Abdomen +Abdomen\* +32 cm +10\.50 +105\.00/)
  expect(parseExamRecord(serializeExamRecord(record))).toEqual(record)
})

it('measures again when a dose report was added or a person decided about it', async () => {
  const plain = await open(doseReportBytes())
  const later = await open(doseReportBytes({ events: [event({ dose: doseItems('11', '110') })] }))
  const decided = {
    ...PLAIN_REQUEST,
    dose: { ...PLAIN_REQUEST.dose, areas: { '1.2.9.1': ['spine' as const] } },
  }
  const digests = [
    await examDigest(await open(), PLAIN_REQUEST),
    await examDigest(plain, PLAIN_REQUEST),
    await examDigest(later, PLAIN_REQUEST),
    await examDigest(plain, decided),
  ]
  expect(new Set(digests).size).toBe(digests.length)
})
