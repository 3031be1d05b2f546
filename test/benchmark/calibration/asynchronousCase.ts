import {
  type AsynchronousScan,
  matchCalibration,
  type PhantomQuality,
} from '../../../src/core/calibration/asynchronous/matchCalibration.ts'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  parseStoredCalibration,
  type StoredCalibration,
} from '../../../src/core/calibration/asynchronous/storedCalibration.ts'
import type { DensityCalibration } from '../../../src/core/calibration/densityCalibration.ts'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { mm } from '../../../src/core/units.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import type { Patient } from './drawnExams.ts'

/** A line kept from an earlier scan, as its file holds it, and the headers of the patient's scan. */
interface KeptLine {
  readonly calibration: DensityCalibration
  readonly stored: StoredCalibration
  readonly scan: AsynchronousScan
}

/** Analyses the earlier scan; null where its phantom is not found. */
export function asynchronousLine(earlier: Patient, exam: Patient): KeptLine | null {
  const { volume } = renderExam(earlier)
  try {
    const phantom = findRods(volume)
    const center = lpsPoint(0, 0, earlier.acquisition.tablePositionZMm)
    const { calibration } = calibrateInScan(volume, phantom, { center, halfHeight: mm(15) })
    const { slope, intercept, residualSd, covariance, mineral } = calibration
    const stored = parseStoredCalibration({
      schemaVersion: 1,
      key: { deviceSerial: 'DIGITAL-1', model: 'Digital CT', kvp: earlier.scanner.kvp, phantomSerial: 'P-1' },
      acquisition: {
        kernel: 'soft',
        tableHeightMm: 150,
        reconstructionDiameterMm: earlier.acquisition.columns * earlier.acquisition.pixelSpacingMm,
        sliceThicknessMm: earlier.acquisition.sliceThicknessMm,
        monoenergeticKev: null,
      },
      date: '2026-02-20',
      phantom: calibration.phantom,
      mineral,
      line: {
        slopeMgPerCm3PerHu: slope,
        interceptMgPerCm3: intercept,
        residualSdMgPerCm3: residualSd,
        covariance: [...covariance],
      },
    })
    const scan: AsynchronousScan = {
      deviceSerial: 'DIGITAL-1',
      model: 'Digital CT',
      kvp: [exam.scanner.kvp],
      acquisition: {
        ...stored.acquisition,
        reconstructionDiameterMm: exam.acquisition.columns * exam.acquisition.pixelSpacingMm,
        sliceThicknessMm: exam.acquisition.sliceThicknessMm,
      },
      date: '2026-03-02',
    }
    return { calibration, stored, scan }
  } catch (error) {
    if (error instanceof QctError) return null
    throw error
  }
}

const PASSED: readonly PhantomQuality[] = [{ date: '2026-03-01', passed: true }]

/** Every mismatch of two scans by itself: whether its verdict is the one the method promises. */
export function mismatches(stored: StoredCalibration, scan: AsynchronousScan) {
  const otherKvp = stored.key.kvp === 120 ? 100 : 120
  const acquired = (change: Partial<AsynchronousScan['acquisition']>): AsynchronousScan => ({
    ...scan,
    acquisition: { ...scan.acquisition, ...change },
  })
  const judged = (changed: AsynchronousScan, quality = PASSED) =>
    matchCalibration(changed, stored, quality, DEFAULT_ASYNCHRONOUS_POLICY).verdict
  const site = { ...DEFAULT_ASYNCHRONOUS_POLICY, qcFailed: 'warn' as const }
  const failed = [{ date: '2026-03-01', passed: false }]
  const { reconstructionDiameterMm, sliceThicknessMm } = stored.acquisition
  const cases: readonly (readonly [string, string, 'match' | 'refuse' | 'warn'])[] = [
    ['none', judged(scan), 'match'],
    ['kVp', judged({ ...scan, kvp: [otherKvp] }), 'refuse'],
    ['kVp mixed', judged({ ...scan, kvp: [stored.key.kvp, otherKvp] }), 'refuse'],
    ['kVp not stated', judged({ ...scan, kvp: [null] }), 'refuse'],
    ['model', judged({ ...scan, model: 'Another CT' }), 'refuse'],
    ['model not stated', judged({ ...scan, model: null }), 'refuse'],
    ['monoenergetic', judged(acquired({ monoenergeticKev: 70 })), 'refuse'],
    ['kernel', judged(acquired({ kernel: 'sharp' })), 'warn'],
    ['table height', judged(acquired({ tableHeightMm: 175 })), 'warn'],
    [
      'diameter',
      judged(acquired({ reconstructionDiameterMm: (reconstructionDiameterMm ?? 0) + 20 })),
      'warn',
    ],
    ['thickness', judged(acquired({ sliceThicknessMm: (sliceThicknessMm ?? 0) + 0.5 })), 'warn'],
    ['unit', judged({ ...scan, deviceSerial: 'DIGITAL-2' }), 'warn'],
    ['age', judged({ ...scan, date: '2026-05-02' }), 'warn'],
    ['QC missing', judged(scan, []), 'warn'],
    ['QC failed', judged(scan, failed), 'refuse'],
    ['QC failed, site warns', matchCalibration(scan, stored, failed, site).verdict, 'warn'],
  ]
  return cases.map(([name, verdict, promised]) => ({ name, promised, isRight: verdict === promised }))
}
