import { densityOf } from '../../../src/core/calibration/densityCalibration.ts'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import type { FoundPhantom } from '../../../src/core/calibration/foundPhantom.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { displacement, length, reject } from '../../../src/core/geometry/vector.ts'
import { measureTrabecularVbmd } from '../../../src/core/spine/measureTrabecularVbmd.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { ExamTruth } from '../../../src/demo/examTruth.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { asynchronousLine, mismatches } from './asynchronousCase.ts'
import { earlierScan, hardenedExam, type Patient, scanExam } from './drawnExams.ts'
import { huOnlyVerdicts } from './huOnlyCase.ts'
import { measuredLevels, trueNumbers, trueRegion, trueVoi } from './trueLevels.ts'

/** A found rod farther from its true axis than this is not right, mm. */
const PLACE_LIMIT_MM = 1
/** Every so many exams one is also rendered with this share of its beam hardening left, per cent. */
const HARDENED = { every: 10, percent: 20 } as const
/** True of a phantom of two rods, not a false warning. */
const ALWAYS_TRUE = 'CALIBRATION_NO_RESIDUAL_CHECK'

/** Error of one level, mg/cm³. */
export interface LevelError {
  readonly error: number
  /** Standard uncertainty of the ROI's own noise. */
  readonly noise: number
  /** Half-width of the printed 95 % interval. */
  readonly uncertainty: number
}

/** What one exam said of the routes that need a phantom or nothing. */
export interface ScanCase {
  readonly index: number
  readonly phantom: string
  readonly sliceMm: number
  readonly noiseHu: number
  readonly kvp: number
  readonly rods: 'right' | 'wrong' | 'wrong, warned' | 'refused'
  readonly warnings: readonly string[]
  readonly inScan: readonly LevelError[]
  /** With beam hardening left; null where it was not tried. */
  readonly hardened: readonly LevelError[] | null
  /** Errors of the kept line at the levels' true CT numbers; null where the earlier scan gave none. */
  readonly asynchronous: readonly number[] | null
  readonly mismatches: ReturnType<typeof mismatches>
  readonly huOnly: ReturnType<typeof huOnlyVerdicts>
  readonly seconds: number
}

function found(volume: CtVolume): FoundPhantom | QctError {
  try {
    return findRods(volume)
  } catch (error) {
    if (error instanceof QctError) return error
    throw error
  }
}

function isRight(phantom: FoundPhantom, truth: NonNullable<ExamTruth['phantom']>): boolean {
  if (phantom.phantom.id !== truth.id || phantom.rods.length !== truth.rods.length) return false
  return phantom.rods.every(({ rod, point }) => {
    const true_ = truth.rods.find(({ label }) => label === rod.label)
    if (true_ === undefined) return false
    const away = reject(displacement(lpsPoint(...true_.centerLps), point), lpsVector(...true_.axisLps))
    return length(away) <= PLACE_LIMIT_MM
  })
}

function measured(volume: CtVolume, truth: ExamTruth, phantom: FoundPhantom) {
  const warnings: string[] = []
  const levels = measuredLevels(truth).map((level): LevelError => {
    const fitted = calibrateInScan(volume, phantom, trueRegion(level))
    const result = measureTrabecularVbmd(volume, trueVoi(level), fitted.calibration)
    warnings.push(...fitted.warnings.map(({ code }) => code))
    return {
      error: result.vbmd! - trueNumbers(truth, level.level).singleEnergy,
      noise: result.noiseStandardUncertainty!,
      uncertainty: result.uncertainty!,
    }
  })
  return { levels, warnings: warnings.filter((code) => code !== ALWAYS_TRUE) }
}

function hardenedLevels(exam: Patient): readonly LevelError[] {
  const { volume, truth } = renderExam(hardenedExam(exam, HARDENED.percent))
  const phantom = found(volume)
  return phantom instanceof QctError ? [] : measured(volume, truth, phantom).levels
}

/** One exam through the in-scan, asynchronous and HU-only routes. */
export function scanCase(seed: number, index: number): ScanCase {
  const started = performance.now()
  const exam = scanExam(seed, index)
  const { volume, truth } = renderExam(exam)
  if (truth.phantom === null) throw new Error('the exam has no phantom')
  const phantom = found(volume)
  const isFound = !(phantom instanceof QctError)
  const right = isFound && isRight(phantom, truth.phantom)
  const read = right ? measured(volume, truth, phantom) : { levels: [], warnings: [] }
  const warnings = isFound ? [...phantom.warnings.map(({ code }) => code), ...read.warnings] : []
  const line = asynchronousLine(earlierScan(exam, seed, index), exam)
  const l1 = truth.levels.find(({ level }) => level === 'L1')
  return {
    index,
    phantom: truth.phantom.id,
    sliceMm: exam.acquisition.sliceThicknessMm,
    noiseHu: exam.image.noiseSdHu,
    kvp: exam.scanner.kvp,
    rods: right ? 'right' : !isFound ? 'refused' : warnings.length > 0 ? 'wrong, warned' : 'wrong',
    warnings: [...new Set(warnings)],
    inScan: read.levels,
    hardened: index % HARDENED.every === 0 ? hardenedLevels(exam) : null,
    asynchronous:
      line === null
        ? null
        : measuredLevels(truth).map(({ level }) => {
            const { meanHu, singleEnergy } = trueNumbers(truth, level)
            return densityOf(line.calibration, hu(meanHu)) - singleEnergy
          }),
    mismatches: line === null ? [] : mismatches(line.stored, line.scan),
    huOnly: l1 === undefined ? [] : huOnlyVerdicts(volume, trueVoi(l1)),
    seconds: (performance.now() - started) / 1000,
  }
}
