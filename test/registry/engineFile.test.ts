import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PGLITE_ENGINE_MAJOR } from '../../src/registry/engineFile.ts'
import { openRegistry } from '../../src/registry/openRegistry.ts'
import { readExamVersion } from '../../src/registry/readExams.ts'
import { restoreRegistry } from '../../src/registry/restoreRegistry.ts'
import { saveExam } from '../../src/registry/saveExam.ts'
import { writeBackup } from '../../src/registry/writeBackup.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from './emptyCluster.ts'
import { examToSave, recordWith } from './examToSave.ts'

const EXAM = '6f1c1c52-3c1f-4b8e-9a44-0a5b9a0f3f11'
const NOON = '2026-03-01T12:00:00.000Z'

/** A data folder with one exam, a backup of it, and a registry that claims to be of an older engine. */
async function folderOfOtherEngine() {
  const dataFolder = await emptyDataFolder()
  const place = { dataFolder, program: TEST_PROGRAM }
  const registry = await openRegistry(place)
  expect(registry.engineMajor).toBe(PGLITE_ENGINE_MAJOR) // what the engine says of itself
  await saveExam(registry.database, await examToSave(EXAM, 0, recordWith('kept')), NOON)
  const backup = join(newFolder(), 'backup.jsonl.gz')
  await writeBackup(registry.database, backup, TEST_PROGRAM, NOON)
  await registry.close()
  writeFileSync(join(dataFolder, 'registry/PG_VERSION'), '17\n')
  return { place, backup }
}

it('refuses a registry of another engine untouched, and its restore command brings the exams back', async () => {
  const { place, backup } = await folderOfOtherEngine()
  const before = readdirSync(join(place.dataFolder, 'registry'), { recursive: true })
  await expect(openRegistry(place)).rejects.toMatchObject({
    code: 'REGISTRY_ENGINE_DIFFERS',
    details: {
      found: 17,
      needed: PGLITE_ENGINE_MAJOR,
      writtenBy: TEST_PROGRAM,
      command: `trabecula registry restore <backup> --data ${place.dataFolder}`,
    },
  })
  expect(readdirSync(join(place.dataFolder, 'registry'), { recursive: true })).toEqual(before)

  const { rows, setAside } = await restoreRegistry(place, backup, 'now')
  expect(rows).toMatchObject({ exam: 1, exam_version: 1 })
  expect(readFileSync(join(setAside ?? '', 'PG_VERSION'), 'utf8')).toBe('17\n')
  const registry = await openRegistry(place)
  expect((await readExamVersion(registry.database, EXAM)).version).toBe(1)
  await registry.close()
})

it('leaves the registry of another engine where it is when the backup cannot be restored', async () => {
  const { place, backup } = await folderOfOtherEngine()
  writeFileSync(backup, readFileSync(backup).subarray(0, 200))
  await expect(restoreRegistry(place, backup, 'now')).rejects.toMatchObject({ code: 'BACKUP_INVALID' })
  await expect(openRegistry(place)).rejects.toMatchObject({
    code: 'REGISTRY_ENGINE_DIFFERS',
    details: { found: 17, writtenBy: TEST_PROGRAM },
  })
  const left = readdirSync(place.dataFolder).sort()
  expect(left).toEqual(['engine.json', 'owner.lock', 'registry'])
})
