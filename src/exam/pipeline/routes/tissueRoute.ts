import { judgeEnergy } from '../../../core/calibration/tissue/judgeEnergy.ts'
import { type FittedReferenceLine, referenceLine } from '../../../core/calibration/tissue/referenceLine.ts'
import {
  extrapolationWarning,
  type FittedTissueCalibration,
  leaveOneTissueOut,
  tissueCalibration,
} from '../../../core/calibration/tissue/tissueCalibration.ts'
import {
  parseTissueReference,
  type TissueReferenceFile,
} from '../../../core/calibration/tissue/tissueFiles.ts'
import { TISSUE_WINDOWS, type TissueWindows } from '../../../core/calibration/tissue/tissueGates.ts'
import type { TissueSample } from '../../../core/calibration/tissue/tissues.ts'
import { QctError, qctWarning } from '../../../core/errors.ts'
import { hu } from '../../../core/units.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { TissueInputs } from '../../record/calibrationInputs.ts'
import type { CalibrationResult } from '../../record/results.ts'
import { NO_CALIBRATION_RESULT } from '../calibrationResult.ts'
import { type ExamRoute, type LevelMeasurement, stopped } from './examRoute.ts'
import { lineRoute } from './lineRoute.ts'
import type { TissuePlaces } from './tissueRegions.ts'
import { tissueSamples } from './tissueSamples.ts'

/**
 * The patient's own tissues as routes: a line through reference densities where a reference is given, and the line of
 * the effective energy where densities and spread of tissues are. A user's reference and the effective energy are
 * both raw; the reference then speaks.
 *
 * @param places - Where the tissues are; the doubts of placing them ride on the routes.
 * @param scanned - The scan's tube voltage and scanner, for which a reference must hold; null where the header does not say.
 */
export function tissueRoutes(
  volume: CtVolume,
  inputs: TissueInputs | null,
  places: TissuePlaces,
  scanned: ScannedBy,
): ExamRoute[] {
  if (inputs === null)
    return [stopped('not possible', 'tissue-raw', new QctError('TISSUE_INPUTS_MISSING', {}))]
  const { reference, densities, spread } = inputs
  const hasEnergy = densities !== null && spread !== null
  const byReference = reference === null ? null : routeOf(reference)
  const names = [
    ...(byReference === null ? [] : [byReference]),
    ...(hasEnergy ? ['tissue-raw' as const] : []),
  ]
  if (names.length === 0)
    return [stopped('not possible', 'tissue-raw', new QctError('TISSUE_INPUTS_MISSING', {}))]
  const { regions, missing } = places
  const notPlaced = missing.map(({ message }) => message)
  if (regions.length === 0)
    return [...new Set(names)].map((name) => ({
      ...stopped('not possible', name, new QctError('TISSUE_REGIONS_MISSING', {})),
      reasons: notPlaced,
    }))
  const attempt = (
    name: TissueRouteName,
    route: (samples: readonly TissueSample[]) => ExamRoute,
  ): ExamRoute => {
    try {
      const made = route(tissueSamples(volume, regions))
      return {
        ...made,
        warnings: [...places.warnings, ...made.warnings],
        reasons: [...notPlaced, ...made.reasons],
      }
    } catch (error) {
      if (error instanceof QctError)
        return { ...stopped('refused', name, error), warnings: places.warnings, reasons: notPlaced }
      throw error
    }
  }
  return [
    ...(reference === null || byReference === null
      ? []
      : [attempt(byReference, (samples) => referenceRoute(samples, reference, scanned, inputs))]),
    ...(hasEnergy && byReference !== 'tissue-raw'
      ? [attempt('tissue-raw', (samples) => energyRoute(samples, { densities, spread }, scanned.kvp, inputs))]
      : []),
  ]
}

/** What made the scan, as its header says. */
interface ScannedBy {
  readonly kvp: number | null
  readonly deviceSerial: string | null
}

type TissueRouteName = 'tissue-raw' | 'tissue-precalibrated'

const routeOf = ({ origin }: TissueReferenceFile): TissueRouteName =>
  origin === 'user' ? 'tissue-raw' : 'tissue-precalibrated'

/** @throws {QctError} The codes of `referenceLine`, `TISSUE_KVP_NOT_STATED`, `TISSUE_REFERENCE_OTHER_SCANNER`. */
function referenceRoute(
  samples: readonly TissueSample[],
  reference: TissueReferenceFile,
  { kvp, deviceSerial }: ScannedBy,
  inputs: TissueInputs,
): ExamRoute {
  if (kvp === null) throw new QctError('TISSUE_KVP_NOT_STATED', { needed: reference.kvp })
  const parsed = parseTissueReference(reference)
  const known = samples.filter(({ tissue }) => parsed.tissues[tissue] !== undefined)
  const learnedOn = reference.learned?.deviceSerial ?? null
  if (learnedOn !== null && deviceSerial !== null && learnedOn !== deviceSerial)
    throw new QctError('TISSUE_REFERENCE_OTHER_SCANNER', { found: deviceSerial, needed: learnedOn })
  const line = referenceLine(known, parsed, kvp, inputs.windows ?? undefined)
  const isUnsure = learnedOn !== null && deviceSerial === null
  const unsure = isUnsure ? [qctWarning('TISSUE_SCANNER_NOT_STATED', { needed: learnedOn })] : []
  const fitted = { ...line, warnings: [...line.warnings, ...unsure] }
  return routeOfLine(fitted, known, inputs, [fitted.calibration.citation], () => ({}))
}

/** @throws {QctError} The codes of `tissueCalibration`, `TISSUE_ENERGY_IMPLAUSIBLE`. */
function energyRoute(
  samples: readonly TissueSample[],
  { densities, spread }: { readonly [K in 'densities' | 'spread']: NonNullable<TissueInputs[K]> },
  kvp: number | null,
  inputs: TissueInputs,
): ExamRoute {
  const windows = inputs.windows ?? undefined
  const fitted = tissueCalibration(samples, densities, spread, windows)
  const { energy, citations } = fitted.calibration
  judgeEnergy(energy.energyKeV, kvp, spread.plausibleEnergy)
  return routeOfLine(fitted, samples, inputs, citations, (measured) => {
    const at = meanOf(measured)
    return {
      effectiveEnergyKeV: energy.energyKeV,
      effectiveEnergyStandardErrorKeV: energy.standardErrorKeV,
      leftOutAtHu: at,
      leftOut:
        at === null
          ? []
          : leaveOneTissueOut(samples, densities, spread, hu(at), windows).map((left) => ({
              tissue: left.tissue,
              changeMgPerCm3: left.change,
              effectiveEnergyKeV: left.energyKeV,
              refusal:
                left.refused === null ? null : { code: left.refused.code, message: left.refused.message },
            })),
    }
  })
}

/** Mean CT number of the measured levels; null without any. */
const meanOf = (measured: readonly LevelMeasurement[]) =>
  measured.length === 0 ? null : measured.reduce((sum, { meanHu }) => sum + meanHu, 0) / measured.length

type TissueResult = NonNullable<CalibrationResult['tissue']>

function routeOfLine(
  { calibration, warnings }: FittedReferenceLine | FittedTissueCalibration,
  samples: readonly TissueSample[],
  inputs: TissueInputs,
  citations: readonly string[],
  more: (measured: readonly LevelMeasurement[]) => Partial<TissueResult>,
): ExamRoute {
  const windows: TissueWindows = inputs.windows ?? TISSUE_WINDOWS
  const residuals = 'energy' in calibration ? calibration.energy.residuals : calibration.residuals
  const tissues = samples.map(({ tissue, meanHu, standardErrorHu }) => {
    const residual = residuals.find((candidate) => candidate.tissue === tissue)
    const [low, high] = windows[tissue]
    return {
      tissue,
      meanHu,
      standardErrorHu,
      windowHu: [low, high] satisfies [number, number],
      isUsed: residual !== undefined,
      residualHu: residual?.residualHu ?? null,
    }
  })
  const { method, mineral, slope, intercept, covariance } = calibration
  return lineRoute({
    route: method,
    mineral,
    slope,
    intercept,
    covariance,
    warnings,
    reasons: [],
    warningsAt: (meanHu) => {
      const warning = extrapolationWarning(calibration, meanHu)
      return warning === null ? [] : [warning]
    },
    result: (measured) => ({
      ...NO_CALIBRATION_RESULT,
      id: method,
      method,
      mineral,
      slopeMgPerCm3PerHu: slope,
      interceptMgPerCm3: intercept,
      covariance: [covariance[0], covariance[1], covariance[2]],
      citations: [...citations],
      tissue: {
        tissues,
        effectiveEnergyKeV: null,
        effectiveEnergyStandardErrorKeV: null,
        leftOutAtHu: null,
        leftOut: [],
        ...more(measured),
      },
    }),
  })
}
