import { join } from 'node:path'
import { expect, it } from 'vitest'
import { countCalibrations, listCalibrations } from '../../src/registry/calibrations.ts'
import { openRegistry } from '../../src/registry/openRegistry.ts'
import { readExamVersion, recordOf } from '../../src/registry/readExams.ts'
import { restoreRegistry } from '../../src/registry/restoreRegistry.ts'
import { storeCalibration } from '../../src/registry/storeCalibration.ts'
import { exampleCalibration } from '../core/calibration/asynchronous/exampleCalibration.ts'
import { emptyDataFolder, TEST_PROGRAM } from './emptyCluster.ts'
import { recordWith } from './examToSave.ts'

it('restores a backup of version 1, from before there were calibrations, and can keep them then', async () => {
  const place = { dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }
  const backup = join(import.meta.dirname, '../fixtures/registry/backup-v1.jsonl.gz')
  const { rows } = await restoreRegistry(place, backup, 'now')
  expect(rows).toMatchObject({ exam: 1, exam_version: 2, stored_calibration: 0 })
  const registry = await openRegistry(place)
  try {
    const { database } = registry
    const version = await readExamVersion(database, '6f1c1c52-3c1f-4b8e-9a44-0a5b9a0f3f11')
    expect(version.version).toBe(2)
    expect(recordOf(version).decisions.readerText.findings).toBe(
      recordWith('version 1').decisions.readerText.findings,
    )
    expect(await countCalibrations(database)).toBe(0)
    await storeCalibration(database, exampleCalibration(), '2026-03-01T12:00:00.000Z')
    expect(await listCalibrations(database, {})).toHaveLength(1)
  } finally {
    await registry.close()
  }
})
