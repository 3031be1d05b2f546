import { phantomById } from '../../core/calibration/phantomLibrary.ts'
import { phrase } from '../../core/words/words.ts'
import type { RodDecision } from '../../exam/record/decisions.ts'
import { placeRods } from './decisionEdits.ts'
import { session } from './session.ts'
import { pick } from './viewActions.ts'
import type { Picking } from './viewerState.ts'

type RodPick = Extract<Picking, { kind: 'rod' }>

let collected: Omit<RodDecision, 'source'>[] = []

/** Begins to ask for the rods of a phantom, one after the other in the order of its certificate. */
export function startRodPicking(phantom: string): void {
  collected = []
  const first = phantomById(phantom).rods[0]
  if (first !== undefined) pick({ kind: 'rod', phantom, label: first.label })
}

/** One rod was clicked: the next is asked for; the last makes one decision of all of them. */
export function pickedRod({ phantom, label }: RodPick, at: readonly [number, number, number]): void {
  const model = phantomById(phantom)
  const [least, most] = model.geometry.diameter
  collected = [
    ...collected.filter((rod) => rod.label !== label),
    { label, centerLps: [at[0], at[1], at[2]], radiusMm: (least + most) / 4 },
  ]
  const next = model.rods.find((rod) => !collected.some((known) => known.label === rod.label))
  if (next !== undefined) {
    pick({ kind: 'rod', phantom, label: next.label })
    return
  }
  pick(null)
  session.decide(phrase('viewer.edit.rods'), placeRods(phantom, collected))
}
