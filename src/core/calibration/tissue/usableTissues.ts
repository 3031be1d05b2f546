import { QctError, type QctWarning, qctWarning } from '../../errors.ts'
import { TISSUE_WINDOWS, type TissueWindows } from './tissueGates.ts'
import type { Tissue, TissueSample } from './tissues.ts'

/** The tissues that may take part, and the doubts about those that may not. */
export interface UsableTissues {
  readonly samples: readonly TissueSample[]
  readonly warnings: readonly QctWarning[]
}

/** Pairs whose attenuation stands in this order at every energy of a CT scanner. Muscle and blood may change places. */
const ORDER: readonly (readonly [Tissue, Tissue])[] = [
  ['air', 'adipose'],
  ['adipose', 'skeletalMuscle'],
  ['adipose', 'blood'],
  ['skeletalMuscle', 'corticalBone'],
  ['blood', 'corticalBone'],
]

function check(samples: readonly TissueSample[]): void {
  const seen = new Set<Tissue>()
  for (const { tissue, meanHu, standardErrorHu } of samples) {
    const fail = (problem: string) => new QctError('TISSUE_SAMPLE_INVALID', { tissue, problem })
    if (seen.has(tissue)) throw fail('it was given twice')
    seen.add(tissue)
    if (!Number.isFinite(meanHu) || !Number.isFinite(standardErrorHu))
      throw fail('its CT number is no number')
    if (standardErrorHu < 0) throw fail('its standard error is negative')
  }
}

/**
 * Leaves out every tissue whose CT number is not believable and says which. Blood above its window is the mark of
 * contrast agent, and is said so.
 * @throws {QctError} `TISSUE_SAMPLE_INVALID`; `TISSUES_NOT_MONOTONIC` when tissues stand in an order that no energy
 *   explains, such as swapped regions
 */
export function usableTissues(
  samples: readonly TissueSample[],
  windows: TissueWindows = TISSUE_WINDOWS,
): UsableTissues {
  check(samples)
  const byTissue = new Map(samples.map((sample) => [sample.tissue, sample]))
  for (const [lower, upper] of ORDER) {
    const [below, above] = [byTissue.get(lower), byTissue.get(upper)]
    if (below !== undefined && above !== undefined && below.meanHu >= above.meanHu) {
      throw new QctError('TISSUES_NOT_MONOTONIC', { lower, upper, found: [below.meanHu, above.meanHu] })
    }
  }
  const warnings: QctWarning[] = []
  const usable = samples.filter(({ tissue, meanHu }) => {
    const [low, high] = windows[tissue]
    if (meanHu >= low && meanHu <= high) return true
    warnings.push(
      tissue === 'blood' && meanHu > high
        ? qctWarning('TISSUE_CONTRAST_SUSPECTED', { found: meanHu, limit: high })
        : qctWarning('TISSUE_IMPLAUSIBLE', { tissue, found: meanHu, low, high }),
    )
    return false
  })
  return { samples: usable, warnings }
}
