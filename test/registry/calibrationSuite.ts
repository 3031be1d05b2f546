import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  calibrationOf,
  listCalibrations,
  listQualityChecks,
  readCalibration,
  storedCalibrationsFor,
} from '../../src/registry/calibrations.ts'
import { readBackup } from '../../src/registry/readBackup.ts'
import {
  storeCalibration,
  storeQualityCheck,
  withdrawCalibration,
} from '../../src/registry/storeCalibration.ts'
import type { RegistryDatabase } from '../../src/registry/tables.ts'
import { writeBackup } from '../../src/registry/writeBackup.ts'
import { exampleCalibration, exampleCheck } from '../core/calibration/asynchronous/exampleCalibration.ts'
import { newFolder, TEST_PROGRAM } from './emptyCluster.ts'

const NOON = '2026-03-01T12:00:00.123Z'
const LATER = '2026-03-08T12:00:00.000Z'
const TABLES = ['stored_calibration', 'calibration_withdrawal', 'quality_check'] as const

/** What every engine must do alike with calibrations. `open` gives a migrated, empty registry and how to close it. */
export function describeCalibrations(
  engine: string,
  open: () => Promise<{ database: RegistryDatabase; close: () => Promise<void> }>,
): void {
  describe(`calibrations on ${engine}`, () => {
    let database: RegistryDatabase
    let close: () => Promise<void>
    let serials = 0
    beforeAll(async () => ({ database, close } = await open()))
    afterAll(() => close())

    /** A calibration of a scanner that no other test has. */
    const calibration = (date = '2026-03-01', deviceSerial = `CT-${++serials}`, kvp = 120) =>
      exampleCalibration({
        date,
        key: { deviceSerial, model: `Model ${deviceSerial}`, kvp, phantomSerial: 'BDC-71' },
      })

    it('gives back the calibration that was stored, to the last digit, and keeps the same one once', async () => {
      const stored = calibration()
      const row = await storeCalibration(database, stored, NOON)
      expect(row).toMatchObject({ device_serial: stored.key.deviceSerial, kvp: 120, withdrawn_at: null })
      expect(row.stored_at.toISOString()).toBe(NOON)
      expect(createHash('sha256').update(row.record).digest('hex')).toBe(row.sha256)
      expect(calibrationOf(row)).toEqual(stored)
      expect(await storeCalibration(database, stored, LATER)).toEqual(row)
      expect(await readCalibration(database, row.calibration_id)).toEqual(row)
    })

    it('finds calibrations by their key, newest scan first', async () => {
      const [old, young] = [calibration('2026-01-05', 'CT-KEY'), calibration('2026-03-05', 'CT-KEY')]
      const other = calibration('2026-03-06', 'CT-KEY', 62.5)
      for (const stored of [young, old, other]) await storeCalibration(database, stored, NOON)
      const found = async (query: Parameters<typeof listCalibrations>[1]) =>
        (await listCalibrations(database, query)).map(calibrationOf)
      expect(await found({ deviceSerial: 'CT-KEY' })).toEqual([other, young, old])
      expect(await found({ model: 'Model CT-KEY', kvp: 120 })).toEqual([young, old])
      expect(await found({ deviceSerial: 'CT-KEY', kvp: 62.5 })).toEqual([other])
      expect(await found({ deviceSerial: 'CT-KEY', phantomSerial: 'none' })).toEqual([])
    })

    it('keeps quality checks, and gives them to the pipeline with the calibrations of its scanner first', async () => {
      const model = 'Model shared'
      const of = (deviceSerial: string, date: string) => {
        const stored = calibration(date, deviceSerial)
        return { ...stored, key: { ...stored.key, model } }
      }
      const own = await storeCalibration(database, of('CT-A', '2026-02-01'), NOON)
      const twin = await storeCalibration(database, of('CT-B', '2026-03-01'), NOON)
      await storeQualityCheck(database, own.calibration_id, exampleCheck(), LATER)
      const failed = exampleCheck({ passed: false, date: '2026-03-09' })
      await storeQualityCheck(database, own.calibration_id, failed, LATER)
      await storeQualityCheck(database, own.calibration_id, failed, LATER) // sent twice, kept once
      const forScan = await storedCalibrationsFor(database, { model, kvp: 120, deviceSerial: 'CT-A' })
      expect(forScan).toEqual([
        {
          calibrationId: own.calibration_id,
          stored: calibrationOf(own),
          quality: [
            { date: '2026-03-09', passed: false },
            { date: '2026-03-08', passed: true },
          ],
        },
        { calibrationId: twin.calibration_id, stored: calibrationOf(twin), quality: [] },
      ])
      expect(await storedCalibrationsFor(database, { model, kvp: 100, deviceSerial: 'CT-A' })).toEqual([])
      const [first] = await storedCalibrationsFor(database, { model, kvp: 120, deviceSerial: null })
      expect(first?.calibrationId).toBe(twin.calibration_id)
    })

    it('withdraws a calibration once, for one reason, and keeps it out of use', async () => {
      const stored = calibration()
      const { calibration_id: id } = await storeCalibration(database, stored, NOON)
      const withdrawn = await withdrawCalibration(database, id, 'the tube was replaced', LATER)
      expect(withdrawn).toMatchObject({ reason: 'the tube was replaced' })
      expect(await withdrawCalibration(database, id, 'the tube was replaced', LATER)).toEqual(withdrawn)
      const refused = { code: 'CALIBRATION_WITHDRAWN', details: { day: '2026-03-08' } }
      await expect(withdrawCalibration(database, id, 'another', LATER)).rejects.toMatchObject(refused)
      await expect(storeCalibration(database, stored, LATER)).rejects.toMatchObject(refused)
      await expect(storeQualityCheck(database, id, exampleCheck(), LATER)).rejects.toMatchObject(refused)
      const { deviceSerial, model } = stored.key
      expect(await storedCalibrationsFor(database, { model, kvp: 120, deviceSerial })).toEqual([])
      expect(await listCalibrations(database, { deviceSerial })).toEqual([])
      expect(await listCalibrations(database, { deviceSerial, withdrawn: true })).toEqual([withdrawn])
    })

    it('does not know what is not there', async () => {
      const unknown = { code: 'CALIBRATION_UNKNOWN' }
      await expect(readCalibration(database, randomUUID())).rejects.toMatchObject(unknown)
      await expect(withdrawCalibration(database, randomUUID(), 'why', NOON)).rejects.toMatchObject(unknown)
      await expect(storeQualityCheck(database, randomUUID(), exampleCheck(), NOON)).rejects.toMatchObject(
        unknown,
      )
    })

    it.each(TABLES)('has a database that itself refuses to change or remove rows of %s', async (table) => {
      const { calibration_id: id } = await storeCalibration(database, calibration(), NOON)
      await storeQualityCheck(database, id, exampleCheck(), NOON)
      await withdrawCalibration(database, id, 'why', NOON)
      const fails = (query: ReturnType<typeof sql>) =>
        expect(query.execute(database)).rejects.toThrow('calibrations and their checks are kept')
      await fails(sql`update ${sql.table(table)} set calibration_id = calibration_id`)
      await fails(sql`delete from ${sql.table(table)} where calibration_id = ${id}`)
      await fails(sql`truncate ${sql.table(table)} cascade`)
    })

    it('restores calibrations, withdrawals and checks from a backup, row for row', async () => {
      const { calibration_id: id } = await storeCalibration(database, calibration(), NOON)
      await storeQualityCheck(database, id, exampleCheck(), NOON)
      const file = join(newFolder(), 'backup.jsonl.gz')
      const written = await writeBackup(database, file, TEST_PROGRAM, LATER)
      expect(Math.min(...TABLES.map((table) => written[table] ?? 0))).toBeGreaterThan(0)
      const rowsOf = async (registry: RegistryDatabase) => {
        const calibrations = await listCalibrations(registry, { withdrawn: true })
        const ids = calibrations.map(({ calibration_id }) => calibration_id)
        return { calibrations, checks: await listQualityChecks(registry, ids) }
      }
      const fresh = await open()
      try {
        expect(await readBackup(fresh.database, file)).toEqual(written)
        expect(await rowsOf(fresh.database)).toEqual(await rowsOf(database))
        await expect(readBackup(fresh.database, file)).rejects.toMatchObject({
          code: 'REGISTRY_NOT_EMPTY',
          details: { exams: 0, calibrations: written.stored_calibration },
        })
      } finally {
        await fresh.close()
      }
    })
  })
}
