import { QctError, type QctWarning } from '../../core/errors.ts'
import { uniformityWarnings } from '../../core/quality/voiUniformity.ts'
import type { LevelDensity } from '../../core/spine/meanVbmd.ts'
import { measureTrabecularVbmd } from '../../core/spine/measureTrabecularVbmd.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { RoiDecision } from '../record/decisions.ts'
import type { CalibrationResult, LevelResult } from '../record/results.ts'
import type { SpineEntry } from '../record/roiFile.ts'
import { calibrationResult } from './calibrationResult.ts'
import type { KnownSeed, LevelSeed } from './levelSeeds.ts'
import { givenVoi, placeRegion, tiltOf, voiOf } from './placeRegion.ts'
import { recordWarnings } from './recordWarning.ts'
import type { ScanCalibration } from './scanCalibration.ts'

/** One level: its region, its result, and what it adds to the exam. */
export interface MeasuredLevel {
  readonly decision: RoiDecision
  readonly result: LevelResult
  /** The calibration of this level's slices, in the record's form. */
  readonly calibration: CalibrationResult | null
  /** The VOI that was measured; null for a refused level. */
  readonly voi: EllipticalCylinder | null
  /** What enters the mean; null without a density. */
  readonly density: LevelDensity | null
}

const triple = (point: readonly [number, number, number]): [number, number, number] => [
  point[0],
  point[1],
  point[2],
]

/**
 * Measures one level: VOI, calibration of its slices, density. An expected failure is a refused level, not a throw, so
 * that it stops no other level.
 */
export function measureLevel(volume: CtVolume, seed: LevelSeed, scan: ScanCalibration): MeasuredLevel {
  let decision = decisionOf(seed.level, 'entry' in seed ? seed : seed.kept)
  const warnings: QctWarning[] = []
  try {
    if ('error' in seed) throw seed.error
    const region = placeRegion(volume, seed.entry)
    decision = { ...decision, voi: voiOf(region.voi) }
    warnings.push(...region.warnings)
    return measured(volume, seed.level, region.voi, decision, warnings, scan)
  } catch (error) {
    if (!(error instanceof QctError)) throw error
    return {
      decision,
      result: refusedLevel(seed.level, error, warnings),
      calibration: null,
      voi: null,
      density: null,
    }
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

function measured(
  volume: CtVolume,
  level: VertebralLevel,
  voi: EllipticalCylinder,
  decision: RoiDecision,
  placement: readonly QctWarning[],
  scan: ScanCalibration,
): MeasuredLevel {
  const fitted = scan.levelCalibration(voi)
  const value = measureTrabecularVbmd(volume, voi, fitted?.calibration ?? null)
  const { vbmd, noiseStandardUncertainty, calibrationStandardUncertainty } = value
  const mineral = fitted?.calibration.mineral
  const density =
    mineral === undefined ||
    vbmd === null ||
    noiseStandardUncertainty === null ||
    calibrationStandardUncertainty === null
      ? null
      : { level, mineral, vbmd, noiseStandardUncertainty, calibrationStandardUncertainty }
  return {
    decision,
    calibration: fitted === null ? null : calibrationResult(level, fitted.calibration),
    voi,
    density,
    result: {
      level,
      status: 'done',
      refusal: null,
      vbmdMgPerCm3: vbmd,
      uncertaintyMgPerCm3: value.uncertainty,
      meanHu: value.meanHu,
      sdHu: value.sdHu,
      standardErrorHu: value.standardErrorHu,
      n: value.n,
      centerLps: triple(voi.center),
      tiltDeg: tiltOf(voi),
      calibration: fitted === null ? null : level,
      warnings: recordWarnings([
        ...placement,
        ...(fitted?.warnings ?? []),
        ...value.warnings,
        ...uniformityWarnings(volume, voi),
      ]),
    },
  }
}

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
  warnings: recordWarnings(warnings),
})
