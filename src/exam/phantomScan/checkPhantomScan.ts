import { DEFAULT_QUALITY_LIMITS, judgeQuality } from '../../core/calibration/asynchronous/judgeQuality.ts'
import {
  asynchronousReasonInWords,
  matchCalibration,
} from '../../core/calibration/asynchronous/matchCalibration.ts'
import {
  parseQualityCheck,
  type QualityCheck,
  type QualityLimits,
} from '../../core/calibration/asynchronous/qualityCheck.ts'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../core/calibration/asynchronous/storedCalibration.ts'
import { densityLine } from '../../core/calibration/fitCalibration.ts'
import { phantomById } from '../../core/calibration/phantomLibrary.ts'
import type { PhantomModel } from '../../core/calibration/phantomModel.ts'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { mgPerCm3 } from '../../core/units.ts'
import { phrase } from '../../core/words/words.ts'
import type { CtStudy } from '../../dicom/ctStudy.ts'
import {
  ANALYSED_BY,
  keptWarnings,
  type MeasuredPhantomScan,
  measurePhantomScan,
  type PhantomScanHooks,
  storedRods,
} from './measurePhantomScan.ts'

/** What may be said about a quality check. */
export interface QualityCheckRequest {
  readonly limits?: QualityLimits
  /** SeriesInstanceUID or series id; the program chooses where it is left out. */
  readonly series?: string | undefined
}

/** How the scan of a check is compared with the stored one: neither age nor earlier checks can speak against it. */
const CHECK_POLICY = {
  ...DEFAULT_ASYNCHRONOUS_POLICY,
  otherUnit: 'refuse',
  ageDays: { warnAbove: Number.MAX_SAFE_INTEGER, refuseAbove: null },
  qcMissing: 'pass',
} as const

/**
 * Measures a later scan of a phantom and judges it as a quality check of the calibration that is kept of it.
 *
 * Another scanner or voltage, or the stored scan itself, makes it no check at all; other settings (kernel, table height, diameter,
 * thickness) are doubts, since they move the rods too. That the phantom is the same one is for the caller to say.
 *
 * @throws {QctError} What `measurePhantomScan` refuses, `RODS_NOT_FOUND` for another phantom model; `QUALITY_OTHER_SCAN`,
 *   `QUALITY_NOT_JUDGEABLE`.
 * @see docs/methods/asynchronous-calibration.md
 */
export async function checkPhantomScan(
  study: CtStudy,
  stored: StoredCalibration,
  { limits = DEFAULT_QUALITY_LIMITS, series }: QualityCheckRequest = {},
  hooks: PhantomScanHooks = {},
): Promise<QualityCheck> {
  const phantom = phantomOf(stored)
  const measured = await measurePhantomScan(study, { phantoms: [phantom], series }, hooks)
  const settings = settingWarnings(measured, stored)
  const residualSdMgPerCm3 = densityLine(phantom, measured.rods).residualSd
  const rods = storedRods(measured.rods)
  const judged = judgeQuality(stored, { rods, residualSdMgPerCm3 }, limits)
  return parseQualityCheck({
    schemaVersion: 1,
    date: measured.date,
    passed: judged.passed,
    limits,
    rods: judged.rods,
    residualSdMgPerCm3,
    faults: keptWarnings(judged.faults),
    warnings: keptWarnings([...settings, ...measured.warnings, ...judged.warnings]),
    scan: measured.scan,
    software: ANALYSED_BY,
  })
}

/** The phantom of a stored calibration, with the densities that were used then: those of its certificate, if it had one. */
function phantomOf({ phantom, origin }: StoredCalibration): PhantomModel {
  const model = phantomById(phantom)
  return {
    ...model,
    rods: model.rods.map((rod) => {
      const kept = origin?.rods.find(({ label }) => label === rod.label)
      if (kept === undefined) return rod
      const { densityMgPerCm3, waterDensityMgPerCm3: water } = kept
      return {
        label: rod.label,
        density: mgPerCm3(densityMgPerCm3),
        ...(water === null ? {} : { waterDensity: mgPerCm3(water) }),
      }
    }),
  }
}

function settingWarnings(measured: MeasuredPhantomScan, stored: StoredCalibration): QctWarning[] {
  const { key, acquisition, date, scan } = measured
  const { reasons } = matchCalibration(
    { deviceSerial: key.deviceSerial, model: key.model, kvp: [key.kvp], acquisition, date },
    stored,
    [],
    CHECK_POLICY,
  )
  const differences = reasons
    .filter(({ verdict }) => verdict === 'refuse')
    .map((reason) => asynchronousReasonInWords(reason))
  if (scan.sha256 === stored.origin?.scan.sha256) differences.push(phrase('asynchronous.sameScan'))
  if (differences.length > 0) throw new QctError('QUALITY_OTHER_SCAN', { differences })
  return reasons.map((reason) =>
    qctWarning('QUALITY_SETTING_DIFFERS', { difference: asynchronousReasonInWords(reason) }),
  )
}
