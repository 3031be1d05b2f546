import type { NamingDoubt } from '../../core/errors/spine.ts'
import { type QctWarning, qctWarning } from '../../core/errors.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { NamingEvidence } from './namingEvidence.ts'

/** The names of bodies from the feet upwards (null: no lumbar body or T12), or the reason why there are none. */
export type LevelNames =
  | { readonly names: readonly (VertebralLevel | null)[]; readonly warnings: readonly QctWarning[] }
  | { readonly doubt: NamingDoubt }

/**
 * Shares of bone beside a body. At its own height the sacrum shows about a half, a lumbar body next to none (L5 a
 * little, since the wings rise to it); between the two there is doubt. Below L5 the wings begin.
 */
const WINGS = { sacral: 0.3, lumbar: 0.22, below: 0.2 }
/** L5, L4, … T12 above the sacrum. */
const UPWARDS: readonly VertebralLevel[] = ['L5', 'L4', 'L3', 'L2', 'L1', 'T12']

/**
 * Names bodies from the sacrum below and the last ribs above.
 *
 * Both must agree (five bodies between sacrum and the lowest ribs): the column names itself. The sacrum alone names it
 * with a doubt, where ribs are outside the field. Anything else leaves the names open: a wrong name is worse than none.
 *
 * @param evidence - Of each body, from the feet upwards.
 */
export function nameLevels(evidence: readonly NamingEvidence[]): LevelNames {
  // The sacrum's own first body may have been found as well: it has wings at its own height.
  const sacral = evidence.filter(({ wings }) => wings >= WINGS.sacral).length
  const isStacked = evidence.every(({ wings }, index) =>
    index < sacral ? wings >= WINGS.sacral : wings < WINGS.lumbar,
  )
  if (!isStacked) return { doubt: 'evidence contradicts itself' }
  const lumbar = evidence.slice(sacral)
  const lowest = lumbar[0]
  const hasSacrum = lowest !== undefined && lowest.wingsBelow >= WINGS.below
  if (sacral > 0 && !hasSacrum) return { doubt: 'a body was missed' }
  // Wings below any higher body would mean that bodies were skipped or invented.
  if (lumbar.slice(1).some(({ wingsBelow }) => wingsBelow >= WINGS.below))
    return { doubt: 'evidence contradicts itself' }

  const lowestRib = lumbar.findIndex(({ ribs }) => ribs[0] || ribs[1])
  const ribsGoOn = lowestRib < 0 || lumbar.slice(lowestRib).every(({ ribs }) => ribs[0] || ribs[1])
  if (!hasSacrum) return { doubt: lowestRib < 0 ? 'no sacrum and no last ribs' : 'no sacrum in the scan' }
  if (lowestRib >= 0 && (lowestRib !== 5 || !ribsGoOn)) return { doubt: 'evidence contradicts itself' }
  const names = evidence.map((_, index) => UPWARDS[index - sacral] ?? null)
  if (lowestRib === 5) return { names, warnings: [] }
  // A sixth body whose ribs should have been seen and were not could be L1 of a column with six lumbar bodies.
  const sixth = lumbar[5]
  if (sixth?.fieldShowsRibs) return { doubt: 'evidence contradicts itself' }
  const levels = names.filter((name) => name !== null)
  return { names, warnings: [qctWarning('LEVELS_FROM_ONE_EVIDENCE', { evidence: 'sacrum', levels })] }
}
