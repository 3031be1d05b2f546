import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRegistry, type Registry } from '../../src/registry/openRegistry.ts'
import { readBackup } from '../../src/registry/readBackup.ts'
import { countExams } from '../../src/registry/readExams.ts'
import { saveExam } from '../../src/registry/saveExam.ts'
import { writeBackup } from '../../src/registry/writeBackup.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from './emptyCluster.ts'
import { examToSave, recordWith } from './examToSave.ts'

const NOON = '2026-03-01T12:00:00.000Z'
let bytes: Buffer
let empty: Registry
beforeAll(async () => {
  const registry = await openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM })
  for (const examId of ['6f1c1c52-3c1f-4b8e-9a44-0a5b9a0f3f11', '0b0f1c52-3c1f-4b8e-9a44-0a5b9a0f3f12'])
    await saveExam(registry.database, await examToSave(examId, 0, recordWith(examId)), NOON)
  const file = join(newFolder(), 'backup.jsonl.gz')
  await writeBackup(registry.database, file, TEST_PROGRAM, NOON)
  await expect(writeBackup(registry.database, file, TEST_PROGRAM, NOON)).rejects.toMatchObject({
    code: 'EEXIST',
  })
  await registry.close()
  bytes = readFileSync(file)
  empty = await openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM })
})
afterAll(() => empty.close())

const lines = () => gunzipSync(bytes).toString().trimEnd().split('\n')
const packed = (text: readonly string[]) => gzipSync(`${text.join('\n')}\n`)

const DAMAGES: readonly (readonly [string, () => Buffer, string])[] = [
  ['cut in the middle of its bytes', () => bytes.subarray(0, bytes.length >> 1), 'cut off'],
  ['without its last line', () => packed(lines().slice(0, -1)), 'cut off'],
  ['without one of its rows', () => packed(lines().toSpliced(1, 1)), 'changed'],
  ['with a row twice', () => packed(lines().toSpliced(1, 0, lines()[1] ?? '')), 'changed'],
  [
    'with another name of the patient',
    () => packed(lines().map((line) => line.replace('"Example^Anna"', '"Example^Berta"'))),
    'changed',
  ],
  [
    'with a changed record',
    () => packed(lines().map((line) => line.replace('151.25', '171.25'))),
    'differs from its SHA-256',
  ],
  ['of another table', () => packed([lines()[0] ?? '', '{"table":"pg_authid","row":{}}']), 'known table'],
  [
    'whose rows the database does not take',
    () => {
      const rows = lines()
        .slice(0, -1)
        .toSpliced(1, 0, lines()[1] ?? '')
      const sha256 = createHash('sha256')
        .update(`${rows.join('\n')}\n`)
        .digest('hex')
      return packed([...rows, JSON.stringify({ end: true, rows: { exam: 3, exam_version: 2 }, sha256 })])
    },
    'refused a row (23505)',
  ],
  ['that is no backup', () => gzipSync('{}\n'), 'does not begin'],
  ['that is no gzip file', () => Buffer.from('PK'), 'no gzip'],
  ['that is empty', () => Buffer.alloc(0), 'no gzip'],
]

it.each(DAMAGES)('restores nothing of a backup %s', async (_, damaged, problem) => {
  const file = join(newFolder(), 'damaged.jsonl.gz')
  writeFileSync(file, damaged())
  const failure = await readBackup(empty.database, file).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'BACKUP_INVALID' })
  expect((failure as Error).message).toContain(problem)
  expect(await countExams(empty.database)).toBe(0)
})

it('says that a backup is not there', async () => {
  const missing = readBackup(empty.database, join(newFolder(), 'nothing'))
  await expect(missing).rejects.toMatchObject({
    code: 'BACKUP_INVALID',
    details: { problem: 'it does not exist' },
  })
})

it('refuses a backup of a newer program by the change it does not know', async () => {
  const header = (lines()[0] ?? '').replace('"0001 exams"', '"0001 exams","9999 future"')
  const file = join(newFolder(), 'newer.jsonl.gz')
  writeFileSync(file, packed([header, ...lines().slice(1)]))
  await expect(readBackup(empty.database, file)).rejects.toMatchObject({
    code: 'BACKUP_TOO_NEW',
    details: { migration: '9999 future' },
  })
})
