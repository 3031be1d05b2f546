import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/registry/migrations/migrations.ts'
import { openRegistry, type Registry } from '../../src/registry/openRegistry.ts'
import { checkBackup } from '../../src/registry/readBackup.ts'
import { saveExam } from '../../src/registry/saveExam.ts'
import { storeCalibration } from '../../src/registry/storeCalibration.ts'
import { keepBackups } from '../../src/server/keepBackups.ts'
import { exampleCalibration } from '../core/calibration/asynchronous/exampleCalibration.ts'
import { emptyDataFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'

let registry: Registry
beforeAll(async () => {
  registry = await openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM })
})
afterAll(() => registry.close())

const day = (n: number) => new Date(Date.UTC(2026, 2, n, 7))

it('backs up nothing while there is nothing, then once a day, and keeps the last seven', async () => {
  await keepBackups(registry, TEST_PROGRAM, day(1))
  expect(readdirSync(registry.folder.path)).not.toContain('backups')

  await saveExam(
    registry.database,
    await examToSave(randomUUID(), 0, recordWith('kept')),
    day(1).toISOString(),
  )
  for (let n = 1; n <= 9; n++) await keepBackups(registry, TEST_PROGRAM, day(n))
  await keepBackups(registry, TEST_PROGRAM, day(9)) // a second start on that day
  const kept = readdirSync(registry.folder.backups).sort()
  expect(kept).toEqual([3, 4, 5, 6, 7, 8, 9].map((n) => `automatic-2026-03-0${n}.jsonl.gz`))
  expect(await checkBackup(join(registry.folder.backups, kept[0] ?? ''))).toEqual(Object.keys(MIGRATIONS))
})

it('backs up a registry that holds a calibration alone', async () => {
  const other = await openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM })
  try {
    await storeCalibration(other.database, exampleCalibration(), day(1).toISOString())
    await keepBackups(other, TEST_PROGRAM, day(1))
    expect(readdirSync(other.folder.backups)).toEqual(['automatic-2026-03-01.jsonl.gz'])
  } finally {
    await other.close()
  }
})
