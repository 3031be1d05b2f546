import { QctError, type QctWarning, qctWarning } from '../../errors.ts'
import type { Hu, VertebralLevel } from '../../units.ts'
import { SCREENING_CUTS, SCREENING_KVP, type ScreeningCut } from './screeningCuts.ts'

/** What the scan is, as far as an uncalibrated CT number may be stated. `null`: the header does not say. */
export interface ScreeningScan {
  /** Tube voltage of every image; more than one value is a mixed series. */
  readonly kvp: readonly (number | null)[]
  /** `conventional`: single-energy, polychromatic, the scanner's own CT numbers. */
  readonly image: 'conventional' | 'dual-energy blend' | 'monoenergetic' | 'other' | null
  /** The agent that the header names; null where it names none. */
  readonly contrastAgent: string | null
}

/** The measured region. */
export interface ScreeningRegion {
  readonly level: VertebralLevel
  readonly meanHu: Hu
  readonly standardErrorHu: Hu
}

/** Where the attenuation lies against one cut point. */
export interface ScreeningComparison {
  readonly cut: ScreeningCut
  /** Whether the value lies on the side for which the source states its finding. */
  readonly met: boolean
  /** Whether the whole 95 % interval lies on the same side. */
  readonly certain: boolean
}

/** The screening attenuation of L1: a CT number, no bone mineral density, without score or category. */
export interface ScreeningAttenuation {
  readonly attenuation: Hu
  readonly standardError: Hu
  readonly comparisons: readonly ScreeningComparison[]
  readonly warnings: readonly QctWarning[]
}

const onSide = (value: number, { hu, side }: ScreeningCut): boolean =>
  side === 'above' ? value > hu : side === 'below' ? value < hu : value <= hu

/** 95 % of a normal distribution lies within so many of its SD. */
const COVERAGE = 1.96

function refuseUnlessAllowed(scan: ScreeningScan, level: VertebralLevel): void {
  const voltages = [...new Set(scan.kvp)]
  const found = voltages.length === 0 ? 'not stated' : voltages.map((kvp) => kvp ?? 'not stated').join(', ')
  const needed = String(SCREENING_KVP)
  if (voltages.length > 1) {
    throw new QctError('HU_ONLY_REFUSED', { condition: 'one tube voltage throughout', found, needed })
  }
  if (voltages[0] !== SCREENING_KVP) {
    throw new QctError('HU_ONLY_REFUSED', { condition: 'tube voltage', found, needed })
  }
  if (scan.image !== 'conventional') {
    throw new QctError('HU_ONLY_REFUSED', {
      condition: 'kind of image',
      found: scan.image ?? 'not known',
      needed: 'conventional',
    })
  }
  if (level !== 'L1')
    throw new QctError('HU_ONLY_REFUSED', { condition: 'level', found: level, needed: 'L1' })
}

/**
 * States the mean trabecular attenuation of L1 beside published cut points, where they hold: 120 kVp, single-energy,
 * polychromatic, the same voltage throughout, all of it known. It is called screening attenuation; it gives no
 * density, no score and no category.
 *
 * @throws {QctError} `HU_ONLY_REFUSED` naming the first condition that is not met; `HU_ONLY_INPUT_INVALID`
 * @see `SCREENING_CUTS`; ACR–SPR–SSR practice parameter for musculoskeletal QCT, IV.B.2
 */
export function screeningAttenuation(region: ScreeningRegion, scan: ScreeningScan): ScreeningAttenuation {
  refuseUnlessAllowed(scan, region.level)
  const { meanHu, standardErrorHu } = region
  if (!Number.isFinite(meanHu) || !(standardErrorHu >= 0 && Number.isFinite(standardErrorHu))) {
    throw new QctError('HU_ONLY_INPUT_INVALID', {
      problem: 'the CT number or its standard error is no number',
    })
  }
  const half = COVERAGE * standardErrorHu
  const comparisons = SCREENING_CUTS.map((cut) => ({
    cut,
    met: onSide(meanHu, cut),
    certain: onSide(meanHu - half, cut) === onSide(meanHu + half, cut),
  }))
  const warnings: QctWarning[] = []
  if (scan.contrastAgent !== null) {
    warnings.push(qctWarning('HU_ONLY_CONTRAST', { evidence: 'an agent is named in the header' }))
  }
  const cuts = comparisons.filter(({ certain }) => !certain).map(({ cut }) => cut.hu)
  if (cuts.length > 0) warnings.push(qctWarning('HU_ONLY_CUT_UNCERTAIN', { cuts }))
  return { attenuation: meanHu, standardError: standardErrorHu, comparisons, warnings }
}
