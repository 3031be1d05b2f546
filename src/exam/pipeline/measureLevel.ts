import type { DensityRoute } from '../../core/calibration/calibrationRoute.ts'
import type { BudgetPart, UncertaintyBudget } from '../../core/calibration/uncertaintyBudget.ts'
import { QctError, type QctWarning, type Result } from '../../core/errors.ts'
import { uniformityWarnings } from '../../core/quality/voiUniformity.ts'
import type { LevelDensity } from '../../core/spine/meanVbmd.ts'
import { measureTrabecularVbmd } from '../../core/spine/measureTrabecularVbmd.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { RoiDecision } from '../record/decisions.ts'
import type { CalibrationResult, LevelResult } from '../record/results.ts'
import type { SpineEntry } from '../record/roiFile.ts'
import type { LevelByCalibration } from '../record/routeResults.ts'
import type { BodyFinder } from './bodyFinder.ts'
import type { KnownSeed, LevelSeed } from './levelSeeds.ts'
import { givenVoi, placeRegion, tiltOf, voiOf } from './placeRegion.ts'
import { recordWarnings } from './recordWarning.ts'
import type { LevelDensityByRoute, LevelMeasurement, ReadyRoute } from './routes/examRoute.ts'

/** One level: its region, its result, and what it adds to the exam. */
export interface MeasuredLevel {
  readonly decision: RoiDecision
  readonly result: LevelResult
  /** The calibrations that hold for this level alone, in the record's form. */
  readonly calibrations: readonly CalibrationResult[]
  /** What was measured before any calibration; null where nothing could be. */
  readonly measurement: LevelMeasurement | null
  /** What enters the mean; null without a density. */
  readonly density: LevelDensity | null
}

const triple = (point: readonly [number, number, number]): [number, number, number] => [
  point[0],
  point[1],
  point[2],
]

/**
 * Measures one level: VOI, CT number, and the density by every route that is ready. An expected failure is a refused
 * level, not a throw, so that it stops no other level; where the used route fails at a level, that level is refused.
 *
 * @param used - The route whose density is the level's own; null for CT numbers only.
 */
export function measureLevel(
  volume: CtVolume,
  seed: LevelSeed,
  routes: readonly ReadyRoute[],
  used: ReadyRoute | null,
  findBody: BodyFinder,
): MeasuredLevel {
  let decision = decisionOf(seed.level, 'entry' in seed ? seed : seed.kept)
  const warnings: QctWarning[] = []
  try {
    if ('error' in seed) throw seed.error
    const region = placeRegion(seed.entry, findBody)
    decision = { ...decision, voi: voiOf(region.voi) }
    warnings.push(...region.warnings)
    const value = measureTrabecularVbmd(volume, region.voi, null)
    const measurement = {
      level: seed.level,
      voi: region.voi,
      meanHu: value.meanHu,
      standardErrorHu: value.standardErrorHu,
    }
    const byRoute = routes.map((route) => ({ route: route.route, density: route.density(measurement) }))
    const own = used === null ? null : byRoute.find(({ route }) => route === used.route)
    const byCalibration = byRoute.map(levelByCalibration)
    if (own?.density.ok === false)
      return {
        ...refused(decision, own.density.error, warnings, byCalibration),
        // The other routes still hold where the used one does not.
        calibrations: ownCalibrations(byRoute),
      }
    const density = own?.density.ok === true ? own.density.value : null
    return {
      decision,
      calibrations: ownCalibrations(byRoute),
      measurement,
      density: density === null ? null : { level: seed.level, ...density },
      result: {
        level: seed.level,
        status: 'done',
        refusal: null,
        vbmdMgPerCm3: density?.vbmd ?? null,
        uncertaintyMgPerCm3: density?.uncertainty ?? null,
        meanHu: value.meanHu,
        sdHu: value.sdHu,
        standardErrorHu: value.standardErrorHu,
        n: value.n,
        centerLps: triple(region.voi.center),
        tiltDeg: tiltOf(region.voi),
        calibration: density?.calibrationId ?? null,
        byCalibration,
        warnings: recordWarnings([
          ...warnings,
          ...(density?.warnings ?? []),
          ...value.warnings,
          ...uniformityWarnings(volume, region.voi),
        ]),
      },
    }
  } catch (error) {
    if (!(error instanceof QctError)) throw error
    return refused(decision, error, warnings, [])
  }
}

type ByRoute = { readonly route: DensityRoute; readonly density: Result<LevelDensityByRoute> }

const ownCalibrations = (byRoute: readonly ByRoute[]) =>
  byRoute.flatMap(({ density }) =>
    density.ok && density.value.ownCalibration !== null ? [density.value.ownCalibration] : [],
  )

/** The parts of a calibration's doubt, in the record's form; null where a route has no such part or it is not known. */
function partsOf(budget: UncertaintyBudget | null) {
  const of = (name: BudgetPart) =>
    budget?.parts.find(({ part }) => part === name)?.standardUncertainty ?? null
  return {
    certificateMgPerCm3: of('certificate'),
    rodNoiseMgPerCm3: of('rodNoise'),
    rodPlacementMgPerCm3: of('rodPlacement'),
    fitMgPerCm3: of('fit'),
    driftMgPerCm3: of('drift'),
  }
}

/** What a route made of a level, in the record's form. */
function levelByCalibration({ route, density }: ByRoute): LevelByCalibration {
  const value = density.ok ? density.value : null
  return {
    route,
    calibration: value?.calibrationId ?? null,
    mineral: value?.mineral ?? null,
    vbmdMgPerCm3: value?.vbmd ?? null,
    uncertaintyMgPerCm3: value?.uncertainty ?? null,
    parts: {
      noiseMgPerCm3: value?.noiseStandardUncertainty ?? null,
      calibrationMgPerCm3: value?.calibrationStandardUncertainty ?? null,
      ...partsOf(value?.budget ?? null),
    },
    refusal: density.ok ? null : { code: density.error.code, message: density.error.message },
    warnings: recordWarnings(value?.warnings ?? []),
  }
}

/** What is decided of a level before it is measured: its seed, and a VOI that a person gave. */
const decisionOf = (level: VertebralLevel, known: KnownSeed | undefined): RoiDecision => ({
  level,
  placement: known === undefined ? 'automatic' : placementOf(known),
  seedLps: known === undefined ? null : triple(known.entry.centerLps),
  voi: known === undefined ? null : voiGivenBy(known.entry),
})

function placementOf({ entry, source }: KnownSeed): RoiDecision['placement'] {
  if (source !== 'roi file') return source
  return entry.radiiMm === undefined ? 'from seed' : 'given'
}

function voiGivenBy(entry: SpineEntry): RoiDecision['voi'] {
  const voi = givenVoi(entry)
  return voi === null ? null : voiOf(voi)
}

const refused = (
  decision: RoiDecision,
  error: QctError,
  warnings: readonly QctWarning[],
  byCalibration: LevelByCalibration[],
): MeasuredLevel => ({
  decision,
  result: { ...refusedLevel(decision.level, error, warnings), byCalibration },
  calibrations: [],
  measurement: null,
  density: null,
})

const refusedLevel = (
  level: VertebralLevel,
  error: QctError,
  warnings: readonly QctWarning[],
): LevelResult => ({
  level,
  status: 'refused',
  refusal: { code: error.code, message: error.message },
  vbmdMgPerCm3: null,
  uncertaintyMgPerCm3: null,
  meanHu: null,
  sdHu: null,
  standardErrorHu: null,
  n: null,
  centerLps: null,
  tiltDeg: null,
  calibration: null,
  byCalibration: [],
  warnings: recordWarnings(warnings),
})
