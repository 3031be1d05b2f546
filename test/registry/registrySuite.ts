import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/exam/record/canonicalJson.ts'
import type { ExamRecord } from '../../src/exam/record/examRecord.ts'
import { reviseRecord } from '../../src/exam/record/reviseRecord.ts'
import { addAddendum, signRecord } from '../../src/exam/record/signRecord.ts'
import { migrateRegistry } from '../../src/registry/migrateRegistry.ts'
import { MIGRATIONS } from '../../src/registry/migrations/migrations.ts'
import { readBackup } from '../../src/registry/readBackup.ts'
import { listExams, listExamVersions, readExamVersion, recordOf } from '../../src/registry/readExams.ts'
import { saveExam } from '../../src/registry/saveExam.ts'
import type { RegistryDatabase } from '../../src/registry/tables.ts'
import { writeBackup } from '../../src/registry/writeBackup.ts'
import { newFolder, TEST_PROGRAM } from './emptyCluster.ts'
import { examToSave, recordWith } from './examToSave.ts'

const NOON = '2026-03-01T12:00:00.123Z'
const LATER = '2026-03-01T12:05:00.000Z'

/** What every engine must do alike. `open` gives a migrated, empty registry of its own and how to close it. */
export function describeRegistry(
  engine: string,
  open: () => Promise<{ database: RegistryDatabase; close: () => Promise<void> }>,
): void {
  describe(`a registry on ${engine}`, () => {
    let database: RegistryDatabase
    let close: () => Promise<void>
    let examId: string
    beforeAll(async () => ({ database, close } = await open()))
    afterAll(() => close())
    beforeEach(() => {
      examId = randomUUID()
    })

    it('gives back the record that was saved, to the last digit and sign', async () => {
      const record = recordWith('µ σ ≥ 80 mg/cm³ — “quoted”, 0.1 + 0.2, \u0000, \ud83e\uddb4')
      const precise = { ...record, results: { ...record.results } }
      precise.results.calibration = { ...record.results.calibration, slopeMgPerCm3PerHu: 0.1 + 0.2 }
      const exam = await examToSave(examId, 0, precise)
      const row = await saveExam(database, exam, NOON)
      expect(row).toMatchObject({ exam_id: examId, version: 1, sha256: exam.sha256, signed: false })
      expect(row.saved_at.toISOString()).toBe(NOON)
      const stored = await readExamVersion(database, examId)
      expect(stored.record).toBe(canonicalJson(precise))
      expect(createHash('sha256').update(stored.record).digest('hex')).toBe(exam.sha256)
      expect(recordOf(stored)).toEqual(precise)
    })

    it('keeps every version, and lists the newest', async () => {
      await saveExam(database, await examToSave(examId, 0, recordWith('first')), NOON)
      await saveExam(database, await examToSave(examId, 1, recordWith('second')), LATER)
      const versions = await listExamVersions(database, examId)
      expect(versions.map(({ version }) => version)).toEqual([2, 1])
      expect(recordOf(await readExamVersion(database, examId, 1))).toEqual(recordWith('first'))
      const { exams, total } = await listExams(database, { limit: 500, offset: 0 })
      expect(exams).toHaveLength(total)
      const listed = exams.find(({ exam_id }) => exam_id === examId)
      expect(listed).toMatchObject({ version: 2, patient_name: 'Example^Anna', study_instance_uid: '1.2.3' })
      expect(listed?.created_at.toISOString()).toBe(NOON)
    })

    it('refuses a version made from an older one, and says which is the newest', async () => {
      await saveExam(database, await examToSave(examId, 0, recordWith('mine')), NOON)
      const yours = await examToSave(examId, 0, recordWith('yours'))
      await expect(saveExam(database, yours, NOON)).rejects.toMatchObject({
        code: 'EXAM_VERSION_CONFLICT',
        details: { basedOnVersion: 0, currentVersion: 1 },
      })
    })

    it('answers a repeated save with the version it made, and makes none of what is there', async () => {
      const exam = await examToSave(examId, 0, recordWith('once'))
      const first = await saveExam(database, exam, NOON)
      expect(await saveExam(database, exam, LATER)).toEqual(first)
      expect(await saveExam(database, { ...exam, basedOnVersion: 1 }, LATER)).toEqual(first)
      expect(await listExamVersions(database, examId)).toHaveLength(1)
    })

    it('lets exactly one of ten savers at once win', async () => {
      const rivals = await Promise.all(
        Array.from({ length: 10 }, (_, n) => examToSave(examId, 0, recordWith(`rival ${n}`))),
      )
      const outcomes = await Promise.allSettled(rivals.map((rival) => saveExam(database, rival, NOON)))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('EXAM_VERSION_CONFLICT')
      expect(await listExamVersions(database, examId)).toHaveLength(1)
    })

    it('refuses a record that is not the one its hash was formed of, and keeps nothing of it', async () => {
      const exam = await examToSave(examId, 0, recordWith('sent'))
      const changed = saveExam(database, { ...exam, record: recordWith('arrived') }, NOON)
      await expect(changed).rejects.toMatchObject({ code: 'RECORD_HASH_DIFFERS' })
      await expect(readExamVersion(database, examId)).rejects.toMatchObject({ code: 'EXAM_UNKNOWN' })
    })

    it('never takes back a signature: only signatures or the next revision may follow', async () => {
      const signer = { name: 'Reader', role: 'Radiologist', signedAt: '2026-03-02T10:00:00.000Z' }
      const signed = await signRecord(recordWith('signed'), signer, [])
      await saveExam(database, await examToSave(examId, 0, signed), NOON)
      const save = async (record: ExamRecord, basedOn = 1) =>
        saveExam(database, await examToSave(examId, basedOn, record), LATER)
      const refused = { code: 'EXAM_SIGNED' }
      await expect(save({ ...signed, signatures: [] })).rejects.toMatchObject(refused)
      await expect(save({ ...recordWith('changed'), signatures: signed.signatures })).rejects.toMatchObject({
        code: 'SIGNATURE_BROKEN',
      })
      const stranger = {
        ...recordWith('next'),
        revision: { number: 2, supersedesSha256: 'b'.repeat(64), changes: [] },
      }
      await expect(save(stranger)).rejects.toMatchObject(refused)

      const withAddendum = await addAddendum(signed, signer, 'An addendum.')
      expect(await save(withAddendum)).toMatchObject({ version: 2, signed: true })
      const revised = reviseRecord(withAddendum, recordWith('next'))
      expect(await save(revised, 2)).toMatchObject({ version: 3, signed: false })
    })

    it('has a database that itself refuses to change or remove a version', async () => {
      await saveExam(database, await examToSave(examId, 0, recordWith('kept')), NOON)
      const fails = (query: ReturnType<typeof sql>) =>
        expect(query.execute(database)).rejects.toThrow('versions of exams are kept')
      await fails(sql`update exam_version set record = '{}' where exam_id = ${examId}`)
      await fails(sql`delete from exam_version where exam_id = ${examId}`)
      await fails(sql`truncate exam_version, exam`)
    })

    it('restores a backup into an empty registry, row for row', async () => {
      for (let n = 0; n < 3; n++)
        await saveExam(database, await examToSave(examId, n, recordWith(`version ${n}`)), NOON)
      const file = join(newFolder(), 'backup.jsonl.gz')
      const written = await writeBackup(database, file, TEST_PROGRAM, LATER)
      const rowsOf = async (registry: RegistryDatabase) => ({
        exams: await registry.selectFrom('exam').selectAll().orderBy('exam_id').execute(),
        versions: await registry
          .selectFrom('exam_version')
          .selectAll()
          .orderBy('exam_id')
          .orderBy('version')
          .execute(),
      })
      const original = await rowsOf(database)
      expect(written).toMatchObject({ exam: original.exams.length, exam_version: original.versions.length })

      const fresh = await open()
      try {
        expect(await readBackup(fresh.database, file)).toEqual(written)
        expect(await rowsOf(fresh.database)).toEqual(original)
        await expect(readBackup(fresh.database, file)).rejects.toMatchObject({ code: 'REGISTRY_NOT_EMPTY' })
        // What was restored can be worked on.
        expect(
          await saveExam(fresh.database, await examToSave(examId, 3, recordWith('on')), LATER),
        ).toMatchObject({ version: 4 })
      } finally {
        await fresh.close()
      }
    })

    it('refuses a registry that a newer program wrote, and names the change it does not know', async () => {
      const newer = { ...MIGRATIONS, '9999 from the future': { up: async () => undefined } }
      const future = await open()
      try {
        await migrateRegistry(future.database, undefined, newer)
        await expect(migrateRegistry(future.database)).rejects.toMatchObject({
          code: 'REGISTRY_TOO_NEW',
          details: { migration: '9999 from the future' },
        })
      } finally {
        await future.close()
      }
    })
  })
}
