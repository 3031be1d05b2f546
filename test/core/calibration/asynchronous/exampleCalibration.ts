import type { QualityCheck } from '../../../../src/core/calibration/asynchronous/qualityCheck.ts'
import type {
  StoredCalibration,
  StoredRod,
} from '../../../../src/core/calibration/asynchronous/storedCalibration.ts'

const rod = (label: string, meanHu: number, densityMgPerCm3: number): StoredRod => ({
  label,
  meanHu,
  sdHu: 12,
  standardErrorHu: 0.4,
  n: 9000,
  densityMgPerCm3,
  waterDensityMgPerCm3: null,
})

/** A stored calibration with every fact. Its line is ρ = 0.8·H + 4, and its rods lie on it. */
export const exampleCalibration = (changes: Partial<StoredCalibration> = {}): StoredCalibration => ({
  schemaVersion: 2,
  key: { deviceSerial: 'CT-17', model: 'Model X', kvp: 120, phantomSerial: 'BDC-71' },
  acquisition: {
    kernel: 'B40f',
    tableHeightMm: 150,
    reconstructionDiameterMm: 500,
    sliceThicknessMm: 1,
    monoenergeticKev: null,
  },
  date: '2026-03-01',
  phantom: 'qrm-bdc-3',
  mineral: 'HA',
  line: {
    slopeMgPerCm3PerHu: 0.8,
    interceptMgPerCm3: 4,
    residualSdMgPerCm3: 0.1 + 0.2,
    covariance: [1e-5, -1e-3, 1],
  },
  origin: {
    equation: 'linear',
    densitiesFrom: 'library',
    citation: 'an example',
    rods: [rod('A', 45, 40), rod('B', 120, 100), rod('C', 495, 400)],
    warnings: [{ code: 'ROD_NOISY', message: 'Rod A is noisy.' }],
    scan: { seriesInstanceUid: '1.2.3', slices: 60, zRangeMm: [-40, 40], sha256: 'a'.repeat(64) },
    software: { name: 'Trabecula', version: '0.0.0-test' },
  },
  ...changes,
})

/** A quality check that passed, a week after the example calibration. */
export const exampleCheck = (changes: Partial<QualityCheck> = {}): QualityCheck => ({
  schemaVersion: 1,
  date: '2026-03-08',
  passed: true,
  limits: { deviationPercent: 1, leastDensityMgPerCm3: 50, residualSdMgPerCm3: 8, setBy: 'program' },
  rods: [
    {
      label: 'B',
      thenMgPerCm3: 100,
      nowMgPerCm3: 100.5,
      standardErrorMgPerCm3: 0.45,
      deviationPercent: 0.5,
      verdict: 'within',
    },
  ],
  residualSdMgPerCm3: 0.4,
  faults: [],
  warnings: [],
  scan: { seriesInstanceUid: '1.2.4', slices: 60, zRangeMm: [-40, 40], sha256: 'b'.repeat(64) },
  software: { name: 'Trabecula', version: '0.0.0-test' },
  ...changes,
})
