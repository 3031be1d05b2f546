import { expect, it } from 'vitest'
import { isOfSource } from '../../../src/viewer/state/decisionKeeper.ts'
import type { SourceSummary } from '../../../src/viewer/worker/examWorkerApi.ts'

const source = (studyInstanceUid: string, patientId: string | null) =>
  ({
    id: 'exam-1',
    kind: 'study',
    studyInstanceUid,
    patient: patientId === null ? null : { patientId },
  }) as unknown as SourceSummary

it('goes on only with an exam of the same study and the same patient', () => {
  const kept = { studyInstanceUid: '1.2', patientId: 'P1' }
  expect(isOfSource(kept, source('1.2', 'P1'))).toBe(true)
  expect(isOfSource(kept, source('1.3', 'P1'))).toBe(false)
  // A copied UID under another patient, and a record that knows a patient where the images name none.
  expect(isOfSource(kept, source('1.2', 'P2'))).toBe(false)
  expect(isOfSource(kept, source('1.2', null))).toBe(false)
  expect(isOfSource({ studyInstanceUid: '1.2', patientId: null }, source('1.2', ''))).toBe(true)
  expect(isOfSource({ studyInstanceUid: '', patientId: null }, source('', null))).toBe(false)
})
