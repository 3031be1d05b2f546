import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrateRegistry } from '../../src/registry/migrateRegistry.ts'
import { openPostgresql } from '../../src/registry/openDatabase.ts'
import { openRegistry } from '../../src/registry/openRegistry.ts'
import { readBackup } from '../../src/registry/readBackup.ts'
import { listExamVersions, readExamVersion } from '../../src/registry/readExams.ts'
import { restoreRegistry } from '../../src/registry/restoreRegistry.ts'
import { saveExam } from '../../src/registry/saveExam.ts'
import { writeBackup } from '../../src/registry/writeBackup.ts'
import { describeCalibrations } from '../registry/calibrationSuite.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'
import { describeRegistry } from '../registry/registrySuite.ts'
import { describeExternal } from './external.ts'
import { type PostgresqlServer, startPostgresql } from './postgresqlServer.ts'

const NOON = '2026-03-01T12:00:00.123Z'

describeExternal('postgresql', 'the registry on a PostgreSQL server', () => {
  let server: PostgresqlServer
  beforeAll(async () => {
    server = await startPostgresql()
  })
  afterAll(() => server.stop())

  const open = async () => {
    const { database } = await openPostgresql(await server.newDatabase())
    await migrateRegistry(database)
    return { database, close: () => database.destroy() }
  }
  describeRegistry('PostgreSQL', open)
  describeCalibrations('PostgreSQL', open)

  it('opens as a registry by its address, beside a data folder that is owned all the same', async () => {
    const place = { dataFolder: newFolder(), databaseUrl: await server.newDatabase(), program: TEST_PROGRAM }
    const registry = await openRegistry(place)
    expect(registry.engine).toBe('PostgreSQL')
    await expect(openRegistry(place)).rejects.toMatchObject({ code: 'REGISTRY_OWNED' })
    await registry.close()
    await (await openRegistry(place)).close() // migrated once, opened again
  })

  it('lets two programs bring the same database up to date at once', async () => {
    const url = await server.newDatabase()
    const both = await Promise.all([openPostgresql(url), openPostgresql(url)])
    await Promise.all(both.map(({ database }) => migrateRegistry(database)))
    await Promise.all(both.map(({ database }) => database.destroy()))
  })

  it('takes over a registry from PGlite by a backup, and gives it back the same', async () => {
    const embedded = { dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }
    const registry = await openRegistry(embedded)
    const examId = randomUUID()
    for (const n of [0, 1])
      await saveExam(registry.database, await examToSave(examId, n, recordWith(`µ ${n}`)), NOON)
    const backup = join(newFolder(), 'from-pglite.jsonl.gz')
    await writeBackup(registry.database, backup, TEST_PROGRAM, NOON)
    const original = await readExamVersion(registry.database, examId)

    const place = { dataFolder: newFolder(), databaseUrl: await server.newDatabase(), program: TEST_PROGRAM }
    expect((await restoreRegistry(place, backup, 'now')).rows).toMatchObject({ exam: 1, exam_version: 2 })
    const onServer = await openRegistry(place)
    expect(await readExamVersion(onServer.database, examId)).toEqual(original)
    const back = join(newFolder(), 'from-postgresql.jsonl.gz')
    await writeBackup(onServer.database, back, TEST_PROGRAM, NOON)
    await onServer.close()

    const again = await openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM })
    await readBackup(again.database, back)
    expect(await listExamVersions(again.database, examId)).toEqual(
      await listExamVersions(registry.database, examId),
    )
    await again.close()
    await registry.close()
  })

  it('says that it cannot be reached without repeating address or password', async () => {
    const url = (await server.newDatabase()).replace('test@', 'test:Secretword@')
    const wrong = [
      url.replace(/registry_\d+$/, 'nothere'),
      'postgresql://a:Secretword@127.0.0.1:1/x',
      'Secretword',
    ]
    for (const address of wrong) {
      const failure = await openPostgresql(address).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'REGISTRY_UNREACHABLE' })
      expect((failure as Error).message).not.toMatch(/Secretword|127\.0\.0\.1/)
    }
  })
})
