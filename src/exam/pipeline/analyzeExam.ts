import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { acquisitionWarnings, namesAgent } from '../../core/quality/acquisitionWarnings.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import type { CalibrationResult } from '../record/results.ts'
import { acquisitionFacts } from './acquisitionFacts.ts'
import { calibrationResult, NO_CALIBRATION_RESULT } from './calibrationResult.ts'
import { completeRecord } from './completeRecord.ts'
import type { ExamContext } from './examContext.ts'
import { NO_MEMO } from './examMemo.ts'
import type { ExamRequest } from './examRequest.ts'
import type { ExamHooks, ExamStep } from './examStep.ts'
import { levelSeeds } from './levelSeeds.ts'
import { type MeasuredLevel, measureLevel } from './measureLevel.ts'
import { decisionsOf, inputsOf } from './recordParts.ts'
import { recordWarnings } from './recordWarning.ts'
import { EXAM_CALIBRATION_ID, findScanCalibration, type ScanCalibration } from './scanCalibration.ts'
import { spineResult } from './spineResult.ts'

/** Lets the caller's event loop turn: progress is drawn, a stop is heard. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/**
 * Measures the spine of one volume: calibration, levels, VOIs, densities, mean, category, report.
 *
 * One level that fails leaves the others; an exam of which no level could be measured is a refused record that names
 * each level's reason.
 *
 * @throws {QctError} `RODS_NOT_FOUND` and the other calibration codes when in-scan calibration was asked for;
 *   `CANCELLED` when the signal was raised.
 */
export async function analyzeExam(
  volume: CtVolume,
  context: ExamContext,
  request: ExamRequest,
  hooks: ExamHooks = {},
): Promise<ExamRecord> {
  const tell = (...progress: Parameters<NonNullable<ExamHooks['onProgress']>>) => {
    if (hooks.signal?.aborted) throw new QctError('CANCELLED', {})
    hooks.onProgress?.(...progress)
  }
  const step = async (name: ExamStep) => {
    tell(name)
    await breathe()
  }
  const memo = hooks.memo ?? NO_MEMO
  const acquisition = acquisitionFacts(context.series, volume.geometry)
  const contrastGiven = namesAgent(acquisition.contrastBolusAgent)

  await step({ name: 'rods' })
  const calibrationAsked = [
    request.calibration,
    request.phantom,
    request.userPhantoms,
    request.roiFile?.rods ?? [],
  ]
  const scan = memo(['rods', calibrationAsked], () =>
    findScanCalibration(volume, request, (done) => hooks.onProgress?.({ name: 'rods' }, done)),
  )
  await step({ name: 'levels' })
  const seeds = levelSeeds(volume, request, memo, (done) => tell({ name: 'levels' }, done))

  const measured: MeasuredLevel[] = []
  for (const seed of seeds.levels) {
    await step({ name: 'measure', level: seed.level })
    measured.push(memo(['level', seed, calibrationAsked], () => measureLevel(volume, seed, scan)))
  }

  const spine = spineResult(measured, {
    contrastGiven,
    patient: context.patient,
    isCalibrated: scan.found !== null,
  })
  const done = measured.filter((level) => level.result.status === 'done')
  const refusal = done.length === 0 ? noLevel(measured) : undefined
  const warnings: readonly QctWarning[] = [
    ...context.warnings,
    ...acquisitionWarnings(acquisition),
    ...scan.warnings,
    ...seeds.warnings,
    ...partlyRefused(measured),
    ...(refusal === undefined ? spine.warnings : []),
  ]
  return completeRecord({
    status: refusal === undefined ? 'done' : 'refused',
    ...(refusal === undefined ? {} : { refusal: { code: refusal.code, message: refusal.message } }),
    inputs: inputsOf(context, acquisition),
    decisions: decisionsOf(context, request, {
      phantom: scan.found?.phantom.id ?? null,
      rois: measured.map(({ decision }) => decision),
      rods: scan.rods,
    }),
    results: {
      calibration: examCalibration(measured, scan),
      calibrations: measured.flatMap(({ calibration }) => (calibration === null ? [] : [calibration])),
      spine: spine.result,
      dose: context.dose,
      warnings: recordWarnings(warnings),
    },
  })
}

/** The calibration over the slices of all measured levels; where that is refused, the first level's own. */
function examCalibration(measured: readonly MeasuredLevel[], scan: ScanCalibration): CalibrationResult {
  const vois = measured.flatMap(({ voi }) => (voi === null ? [] : [voi]))
  const whole = scan.examCalibration(vois)
  if (whole !== null) return calibrationResult(EXAM_CALIBRATION_ID, whole)
  return measured.find(({ calibration }) => calibration !== null)?.calibration ?? NO_CALIBRATION_RESULT
}

const reasonsOf = (measured: readonly MeasuredLevel[]) =>
  measured.flatMap(({ result }) => (result.refusal === null ? [] : [result.refusal.code]))

const noLevel = (measured: readonly MeasuredLevel[]) =>
  new QctError('NO_EVALUABLE_LEVEL', {
    levels: measured.map(({ result }): VertebralLevel => result.level),
    codes: [...new Set(reasonsOf(measured))],
  })

/** The levels that were asked for and not measured, as doubts of the exam. */
const partlyRefused = (measured: readonly MeasuredLevel[]): QctWarning[] =>
  measured.flatMap(({ result }) =>
    result.refusal === null || result.refusal.code === 'LEVEL_EXCLUDED'
      ? []
      : [qctWarning('LEVEL_REFUSED', { level: result.level, reason: result.refusal.message })],
  )
