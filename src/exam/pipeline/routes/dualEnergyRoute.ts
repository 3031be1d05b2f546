import {
  type DualEnergyResult,
  type DualEnergySample,
  decomposeDualEnergy,
} from '../../../core/calibration/dualEnergy/decomposeDualEnergy.ts'
import {
  basisFromRods,
  type FittedBasis,
  type SeriesResponse,
} from '../../../core/calibration/dualEnergy/dualEnergyBasis.ts'
import { basisOfFile } from '../../../core/calibration/dualEnergy/dualEnergyFile.ts'
import { calibrateInScan, type SliceRegion } from '../../../core/calibration/sampleRods.ts'
import { QctError } from '../../../core/errors.ts'
import { COVERAGE_FACTOR } from '../../../core/spine/meanVbmd.ts'
import { mgPerCm3 } from '../../../core/units.ts'
import { standardErrorOfMean } from '../../../core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../core/volume/roi.ts'
import { roiStatistics } from '../../../core/volume/roiStatistics.ts'
import type { DualEnergyInputs } from '../../record/calibrationInputs.ts'
import type { CalibrationResult } from '../../record/results.ts'
import { NO_CALIBRATION_RESULT } from '../calibrationResult.ts'
import { regionOf, type ScanCalibration } from '../scanCalibration.ts'
import type { SecondSeries } from '../secondSeries.ts'
import { type DualEnergyPair, dualEnergyPair, type SeriesVolume } from './dualEnergyPair.ts'
import { type ExamRoute, stopped } from './examRoute.ts'
import { highestValue, voxelsAtTop } from './highestValue.ts'

/**
 * Two series of one study as a route: hydroxyapatite beside soft tissue, by a user's basis or by the hydroxyapatite
 * rods of the phantom in the scan.
 *
 * @param measured - The series that is measured; its series is null where no header says anything.
 */
export function dualEnergyRoute(
  measured: SeriesVolume | null,
  second: SecondSeries | null,
  inputs: DualEnergyInputs | null,
  scan: ScanCalibration,
): ExamRoute {
  if (inputs === null || second === null || measured === null)
    return stopped('not possible', 'dual-energy', new QctError('DUAL_ENERGY_NOT_GIVEN', {}))
  if ('error' in second) return stopped('refused', 'dual-energy', second.error)
  try {
    return readyRoute(dualEnergyPair(measured, second), inputs, scan, second.series.seriesInstanceUid)
  } catch (error) {
    if (error instanceof QctError) return stopped('refused', 'dual-energy', error)
    throw error
  }
}

function readyRoute(
  pair: DualEnergyPair,
  inputs: DualEnergyInputs,
  scan: ScanCalibration,
  otherSeriesUid: string,
): ExamRoute {
  const basisAt = basisFinder(pair, inputs, scan)
  // Series computed from the same data share their noise, in a way no header states: the most that it can cost.
  const isComputed = pair.unit === 'keV'
  const decompose = (voi: EllipticalCylinder): { result: DualEnergyResult; fitted: FittedBasis } => {
    const [low, high] = [sampleOf(pair.low, voi), sampleOf(pair.high, voi)]
    const shared = isComputed ? -low.standardErrorHu * high.standardErrorHu : 0
    const fitted = basisAt(regionOf([voi]))
    return { result: decomposeDualEnergy(low, high, fitted.basis, shared), fitted }
  }
  return {
    status: 'done',
    route: 'dual-energy',
    warnings: [],
    reasons: [],
    density: ({ voi }) => {
      try {
        const { result, fitted } = decompose(voi)
        const [total, noise] = [result.covariance[0], result.noiseCovariance[0]]
        return {
          ok: true,
          value: {
            vbmd: result.calcium,
            uncertainty: mgPerCm3(COVERAGE_FACTOR * Math.sqrt(total)),
            noiseStandardUncertainty: mgPerCm3(Math.sqrt(noise)),
            calibrationStandardUncertainty: mgPerCm3(Math.sqrt(Math.max(0, total - noise))),
            mineral: 'HA',
            calibrationId: 'dual-energy',
            ownCalibration: null,
            budget: null,
            warnings: [...fitted.warnings, ...result.warnings],
          },
        }
      } catch (error) {
        if (error instanceof QctError) return { ok: false, error }
        throw error
      }
    },
    examCalibration: (measured) => {
      if (measured.length === 0) return null
      try {
        const fitted = basisAt(regionOf(measured.map(({ voi }) => voi)))
        return resultOf(fitted, pair, otherSeriesUid)
      } catch (error) {
        if (error instanceof QctError) return null
        throw error
      }
    },
  }
}

/**
 * How the basis of some slices is found. A user's basis is checked at once, so that a wrong one refuses the route and
 * not each level.
 */
function basisFinder(
  pair: DualEnergyPair,
  { basis }: DualEnergyInputs,
  { found }: ScanCalibration,
): (region: SliceRegion) => FittedBasis {
  if (basis !== null) {
    const { unit, low, high } = basis.pair
    if (unit !== pair.unit || low !== pair.lowEnergy || high !== pair.highEnergy)
      throw new QctError('DUAL_ENERGY_OTHER_PAIR', {
        found: `${pair.lowEnergy}/${pair.highEnergy} ${pair.unit}`,
        needed: `${low}/${high} ${unit}`,
      })
    const fitted = basisOfFile(basis)
    return () => fitted
  }
  if (found === null)
    throw new QctError('DUAL_ENERGY_RODS_INVALID', { problem: 'no phantom was found in the scan' })
  const { phantom } = found
  if (phantom.mineral !== 'HA')
    throw new QctError('DUAL_ENERGY_RODS_INVALID', {
      problem: `the rods of ${phantom.name} are not hydroxyapatite`,
    })
  return (region) => {
    const [low, high] = [pair.low, pair.high].map(
      ({ volume }) => calibrateInScan(volume, found, region).calibration.rods,
    )
    const rods = (low ?? []).flatMap((rod) => {
      const same = high?.find(({ label }) => label === rod.label)
      return same === undefined
        ? []
        : [
            {
              density: rod.density,
              lowHu: rod.meanHu,
              highHu: same.meanHu,
              lowStandardErrorHu: rod.standardErrorHu,
              highStandardErrorHu: same.standardErrorHu,
            },
          ]
    })
    return basisFromRods(rods, phantom.citation)
  }
}

function sampleOf({ volume }: SeriesVolume, voi: EllipticalCylinder): DualEnergySample {
  const { mean, max } = roiStatistics(volume, voi)
  const highestHu = highestValue(volume)
  return {
    meanHu: mean,
    standardErrorHu: standardErrorOfMean(volume, voi).standardError,
    saturatedVoxels: max < highestHu ? 0 : voxelsAtTop(volume, voi),
    highestHu,
  }
}

const responseOf = ({ calcium, soft, offset, covariance }: SeriesResponse) => ({
  calciumHuPerMgPerCm3: calcium,
  softHuPerUnit: soft,
  offsetHu: offset,
  covariance: [covariance[0], covariance[1], covariance[2]] satisfies [number, number, number],
})

const resultOf = (
  { basis }: FittedBasis,
  { unit, lowEnergy, highEnergy }: DualEnergyPair,
  otherSeriesUid: string,
): CalibrationResult => ({
  ...NO_CALIBRATION_RESULT,
  id: 'dual-energy',
  method: 'dual-energy',
  mineral: 'HA',
  citations: [basis.citation],
  dualEnergy: {
    otherSeriesUid,
    pair: { unit, low: lowEnergy, high: highEnergy },
    origin: basis.origin,
    low: responseOf(basis.low),
    high: responseOf(basis.high),
  },
})
