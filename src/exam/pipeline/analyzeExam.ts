import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { acquisitionWarnings, namesAgent } from '../../core/quality/acquisitionWarnings.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import type { CalibrationResult } from '../record/results.ts'
import type { ScreeningResult } from '../record/routeResults.ts'
import type { RecordRefusal } from '../record/scalars.ts'
import { acquisitionFacts } from './acquisitionFacts.ts'
import { bodiesOfSeeds, bodyFinder } from './bodyFinder.ts'
import { breathe } from './breathe.ts'
import { NO_CALIBRATION_RESULT } from './calibrationResult.ts'
import { completeRecord } from './completeRecord.ts'
import type { ExamContext } from './examContext.ts'
import { NO_MEMO } from './examMemo.ts'
import type { ExamRequest } from './examRequest.ts'
import type { ExamHooks, ExamStep } from './examStep.ts'
import { levelSeeds } from './levelSeeds.ts'
import { type MeasuredLevel, measureLevel } from './measureLevel.ts'
import { decisionsOf, inputsOf } from './recordParts.ts'
import { recordWarnings } from './recordWarning.ts'
import { chosenRoute } from './routes/chosenRoute.ts'
import type { ExamRoute, ReadyRoute } from './routes/examRoute.ts'
import { examRoutes, routeResults } from './routes/examRoutes.ts'
import { levelDisagreements } from './routes/levelDisagreements.ts'
import { screening } from './routes/screening.ts'
import { givenRegions, NO_TISSUES, tissueRegions } from './routes/tissueRegions.ts'
import { findScanCalibration, seeksPhantom } from './scanCalibration.ts'
import { spineResult } from './spineResult.ts'

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
  const rodsAsked = [
    seeksPhantom(request) ? request.calibration : 'none',
    request.phantom,
    request.userPhantoms,
    request.roiFile?.rods ?? [],
  ]
  const calibrationAsked = [
    ...rodsAsked,
    request.calibration,
    request.asynchronous,
    request.tissue,
    request.roiFile?.tissues ?? [],
    request.dualEnergy,
  ]
  const scan = memo(['rods', rodsAsked], () =>
    findScanCalibration(volume, request, (done) => hooks.onProgress?.({ name: 'rods' }, done)),
  )

  await step({ name: 'levels' })
  const seeds = levelSeeds(volume, request, memo, (done) => tell({ name: 'levels' }, done))
  const findBody = bodyFinder(volume, memo)

  const wantsTissues = request.calibration === 'tissue' || request.calibration === 'all'
  if (wantsTissues) await step({ name: 'tissues' })
  const tissues = wantsTissues
    ? memo(['tissues', request.tissue?.regions ?? null, request.roiFile?.tissues ?? [], seeds.levels], () =>
        tissueRegions(
          volume,
          request,
          () => bodiesOfSeeds(seeds.levels, findBody),
          (done) => tell({ name: 'tissues' }, done),
        ),
      )
    : { ...NO_TISSUES, regions: givenRegions(request) }
  const calibrationKey = [calibrationAsked, tissues.regions]
  const routes = memo(['routes', calibrationKey], () => examRoutes(volume, context, request, scan, tissues))
  const chosen = chosenRoute(request, routes)
  const ready = routes.filter((route) => route.status === 'done')
  const used = ready.find(({ route }) => route === chosen.used) ?? null

  const measured: MeasuredLevel[] = []
  for (const seed of seeds.levels) {
    await step({ name: 'measure', level: seed.level })
    measured.push(
      memo(['level', seed, calibrationKey], () => measureLevel(volume, seed, ready, used, findBody)),
    )
  }

  const results = measured.map(({ result }) => result)
  const isScreened = request.calibration === 'hu-only' || request.calibration === 'all'
  const screened = isScreened ? screening(results, context) : null
  const calibrations = examCalibrations(measured, ready, used)
  const spine = spineResult(measured, {
    contrastGiven,
    patient: context.patient,
    route: chosen.used,
    qualityPassed: calibrations.exam.asynchronous?.qualityPassed ?? false,
    screening: screened,
    disagreements: levelDisagreements(results),
  })
  const refusal = refusalOf(measured, request, routes, screened)
  const warnings: readonly QctWarning[] = [
    ...context.warnings,
    ...acquisitionWarnings(acquisition),
    ...scan.warnings,
    ...(used === null || used.route === 'in-scan' ? [] : used.warnings),
    ...(used === null ? [qctWarning('NO_CALIBRATION', {})] : []),
    ...seeds.warnings,
    ...partlyRefused(measured),
    ...(refusal === null ? spine.warnings : []),
  ]
  return completeRecord({
    status: refusal === null ? 'done' : 'refused',
    ...(refusal === null ? {} : { refusal }),
    inputs: inputsOf(context, acquisition),
    decisions: decisionsOf(context, request, {
      phantom: chosen.used === 'in-scan' ? (scan.found?.phantom.id ?? null) : null,
      rois: measured.map(({ decision }) => decision),
      rods: scan.rods,
      tissueRegions: tissues.regions,
      chosen,
    }),
    results: {
      calibration: calibrations.exam,
      calibrations: calibrations.all,
      routes: routeResults(routes, screened),
      spine: spine.result,
      dose: context.dose,
      warnings: recordWarnings(warnings),
    },
  })
}

/**
 * The calibration of the exam's own values and every calibration that a level names. Where the phantom's rods do not
 * fit over the slices of all levels, the first level's own stands for the exam.
 */
function examCalibrations(
  measured: readonly MeasuredLevel[],
  ready: readonly ReadyRoute[],
  used: ReadyRoute | null,
): { readonly exam: CalibrationResult; readonly all: CalibrationResult[] } {
  const levels = measured.flatMap(({ measurement }) => (measurement === null ? [] : [measurement]))
  const own = measured.flatMap(({ calibrations }) => calibrations)
  const ofExam = ready
    .filter(({ route }) => route !== 'in-scan')
    .flatMap((route) => route.examCalibration(levels) ?? [])
  const exam = used?.route === 'in-scan' ? used.examCalibration(levels) : null
  return {
    exam: exam ?? [...own, ...ofExam].find(({ method }) => method === used?.route) ?? NO_CALIBRATION_RESULT,
    all: [...own, ...ofExam],
  }
}

/** Why the exam is refused as a whole: no level was measured, or the one route that was asked for does not hold. */
function refusalOf(
  measured: readonly MeasuredLevel[],
  { calibration }: ExamRequest,
  routes: readonly ExamRoute[],
  screened: ScreeningResult | null,
): RecordRefusal | null {
  if (measured.every(({ result }) => result.status === 'refused')) {
    const { code, message } = noLevel(measured)
    return { code, message }
  }
  if (calibration === 'hu-only') return screened?.refusal ?? null
  if (calibration === 'auto' || calibration === 'all' || calibration === 'none') return null
  if (routes.some(({ status }) => status === 'done')) return null
  const [first] = routes.flatMap((route) => (route.status === 'done' ? [] : [route.refusal]))
  return first === undefined ? null : { code: first.code, message: first.message }
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
