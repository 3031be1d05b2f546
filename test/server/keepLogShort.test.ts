import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openRegistry } from '../../src/registry/openRegistry.ts'
import { saveExam } from '../../src/registry/saveExam.ts'
import { keepLogShort } from '../../src/server/keepLogShort.ts'
import { emptyDataFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'

it('lets a recovery begin behind the saves that a checkpoint has put into the tables', async () => {
  const registry = await openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM })
  const recoveryBegins = async () =>
    (
      await sql<{ at: string }>`select redo_lsn::text as at from pg_control_checkpoint()`.execute(
        registry.database,
      )
    ).rows[0]?.at
  const before = await recoveryBegins()
  const exam = await examToSave(randomUUID(), 0, recordWith('logged'))
  await saveExam(registry.database, exam, '2026-03-01T12:00:00.000Z')
  expect(await recoveryBegins()).toBe(before) // the engine begins no checkpoint by itself
  const end = keepLogShort(registry, 10)
  while ((await recoveryBegins()) === before) await setTimeout(10)
  end()
  await registry.close()
})
