import { QctError, type QctWarning, qctWarning } from '../../errors.ts'
import { type Hu, type MgPerCm3, mgPerCm3 } from '../../units.ts'
import { checkBasis, type DualEnergyBasis, type SeriesResponse } from './dualEnergyBasis.ts'

/** One region, or one voxel, in one of two registered series. */
export interface DualEnergySample {
  readonly meanHu: Hu
  readonly standardErrorHu: Hu
  /** Voxels of the region at the highest number the series can hold. */
  readonly saturatedVoxels: number
  /** The highest CT number the series can hold: its largest stored value, rescaled. */
  readonly highestHu: Hu
}

/** Calcium and soft tissue of one region, with what noise and basis leave open. */
export interface DualEnergyResult {
  /** Hydroxyapatite. */
  readonly calcium: MgPerCm3
  /** Soft tissue in the units of the basis; for a phantom's basis HU of water-like material. */
  readonly soft: number
  /** [var(calcium), cov(calcium, soft), var(soft)] from the noise of the two means alone. */
  readonly noiseCovariance: readonly [number, number, number]
  /** The same with the doubt of the basis. */
  readonly covariance: readonly [number, number, number]
  readonly warnings: readonly QctWarning[]
}

type LineCovariance = SeriesResponse['covariance']

/** What the doubt of a line leaves open of its prediction at a calcium density, HU². */
const atCalcium = ([slope, both, intercept]: LineCovariance, calcium: number): number =>
  slope * calcium ** 2 + 2 * both * calcium + intercept

/** What the doubt of a series' response adds to the variance of its prediction at a calcium density. */
const responseVariance = ({ covariance }: SeriesResponse, calcium: number): number =>
  Math.max(0, atCalcium(covariance, calcium))

/**
 * Splits the CT numbers of two registered series into hydroxyapatite and soft tissue by a 2×2 basis:
 * (ρ, s) = A⁻¹·(H − offset), A = [[calcium_lo, soft_lo], [calcium_hi, soft_hi]]. Noise goes through as
 * A⁻¹·Σ·A⁻ᵀ with Σ = [[se_lo², c], [c, se_hi²]]; the doubt of the basis adds to Σ what its lines leave
 * open at the found calcium, and what they share.
 *
 * @param noiseCovarianceHu - Covariance c of the two means in HU²: 0 for two acquisitions; series computed from the
 *   same data (monoenergetic pairs) share noise.
 * @throws {QctError} `DUAL_ENERGY_INPUT_INVALID`, `DUAL_ENERGY_BASIS_ALIKE`
 */
export function decomposeDualEnergy(
  low: DualEnergySample,
  high: DualEnergySample,
  basis: DualEnergyBasis,
  noiseCovarianceHu: number,
): DualEnergyResult {
  checkBasis(basis)
  const numbers = [low.meanHu, high.meanHu, low.standardErrorHu, high.standardErrorHu, noiseCovarianceHu]
  if (!numbers.every(Number.isFinite) || low.standardErrorHu < 0 || high.standardErrorHu < 0) {
    throw new QctError('DUAL_ENERGY_INPUT_INVALID', { problem: 'a CT number or its error is no number' })
  }
  const most = low.standardErrorHu * high.standardErrorHu
  if (Math.abs(noiseCovarianceHu) > most * (1 + 1e-9)) {
    throw new QctError('DUAL_ENERGY_INPUT_INVALID', {
      problem: 'the noise covariance exceeds what its errors allow',
    })
  }
  const [a, b, c, d] = [basis.low.calcium, basis.low.soft, basis.high.calcium, basis.high.soft]
  const determinant = a * d - b * c
  // A⁻¹, row by row.
  const [ia, ib, ic, id] = [d / determinant, -b / determinant, -c / determinant, a / determinant]
  const [x, y] = [low.meanHu - basis.low.offset, high.meanHu - basis.high.offset]
  const calcium = ia * x + ib * y
  const through = (vLow: number, cov: number, vHigh: number): [number, number, number] => [
    ia * ia * vLow + 2 * ia * ib * cov + ib * ib * vHigh,
    ia * ic * vLow + (ia * id + ib * ic) * cov + ib * id * vHigh,
    ic * ic * vLow + 2 * ic * id * cov + id * id * vHigh,
  ]
  const [vLow, vHigh] = [low.standardErrorHu ** 2, high.standardErrorHu ** 2]
  const warnings: QctWarning[] = []
  for (const [series, sample] of [
    ['low-energy', low],
    ['high-energy', high],
  ] as const) {
    if (sample.saturatedVoxels > 0 || sample.meanHu >= sample.highestHu) {
      warnings.push(
        qctWarning('DUAL_ENERGY_SATURATED', {
          series,
          voxels: Math.max(1, sample.saturatedVoxels),
          limit: sample.highestHu,
        }),
      )
    }
  }
  return {
    calcium: mgPerCm3(calcium),
    soft: ic * x + id * y,
    noiseCovariance: through(vLow, noiseCovarianceHu, vHigh),
    covariance: through(
      vLow + responseVariance(basis.low, calcium),
      noiseCovarianceHu + atCalcium(basis.sharedCovariance ?? [0, 0, 0], calcium),
      vHigh + responseVariance(basis.high, calcium),
    ),
    warnings,
  }
}
