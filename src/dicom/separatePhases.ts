import type { StackDifference } from '../core/errors/geometry.ts'
import { positionAlong, sliceAxes } from '../core/geometry/slicePlacement.ts'
import { judgeSpacing } from '../core/geometry/sliceSpacing.ts'
import { SLICE_STACK_LIMITS } from '../core/geometry/sliceStackLimits.ts'
import type { StackSlice } from './stackSlice.ts'

type Placed = { readonly slice: StackSlice; readonly position: number }

/** Facts that tell the phases of one acquisition apart, most trustworthy first. */
const PHASE_FACTS: readonly {
  difference: StackDifference
  of: (slice: StackSlice) => number | string | undefined
}[] = [
  { difference: 'temporal position', of: ({ frame }) => frame.temporalPosition },
  { difference: 'acquisition', of: ({ frame }) => frame.acquisitionNumber },
  { difference: 'image type', of: ({ acquisition }) => acquisition.imageType.join('\\') },
  { difference: 'acquisition time', of: ({ acquisition }) => acquisition.acquisitionTime },
]

const isSame = (a: number, b: number) => Math.abs(a - b) <= SLICE_STACK_LIMITS.samePositionMm

const byPosition = (placed: readonly Placed[]) => [...placed].sort((a, b) => a.position - b.position)

const isOneStack = (placed: readonly Placed[]) => {
  const positions = byPosition(placed).map(({ position }) => position)
  const isRepeated = positions.some((p, k) => k > 0 && isSame(p, positions[k - 1]!))
  return (
    positions.length >= SLICE_STACK_LIMITS.minimumPositions &&
    !isRepeated &&
    judgeSpacing(positions).kind === 'even'
  )
}

/** Whether the stacks lie within one another, as phases do. Stacks one after the other are parts of one scan. */
function isInterleaved(parts: readonly (readonly Placed[])[]): boolean {
  const ranges = parts.map((part) => {
    const positions = part.map(({ position }) => position)
    return [Math.min(...positions), Math.max(...positions)] as const
  })
  const inOrder = ranges.sort((a, b) => a[0] - b[0])
  return inOrder.some(([low], k) => k > 0 && low < inOrder[k - 1]![1])
}

function partsBy(placed: readonly Placed[], of: (slice: StackSlice) => number | string | undefined) {
  const parts = new Map<number | string, Placed[]>()
  for (const one of placed) {
    const value = of(one.slice)
    if (value === undefined) return undefined
    const part = parts.get(value)
    if (part) part.push(one)
    else parts.set(value, [one])
  }
  if (parts.size < 2) return undefined
  return [...parts.entries()]
    .sort(([a], [b]) =>
      typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
    )
    .map(([, part]) => part)
}

/**
 * Parts by runs of the instance number: sound only if every position is there equally often and each run of numbers
 * goes through every position once.
 */
function partsByInstanceNumber(placed: readonly Placed[]) {
  if (placed.some(({ slice }) => slice.frame.instanceNumber === undefined)) return undefined
  const positions = byPosition(placed).map(({ position }) => position)
  const distinct = positions.filter((p, k) => k === 0 || !isSame(p, positions[k - 1]!)).length
  const copies = placed.length / distinct
  if (!Number.isInteger(copies) || copies < 2) return undefined
  const inOrder = [...placed].sort((a, b) => a.slice.frame.instanceNumber! - b.slice.frame.instanceNumber!)
  const isAmbiguous = inOrder.some(
    ({ slice }, k) => k > 0 && slice.frame.instanceNumber === inOrder[k - 1]!.slice.frame.instanceNumber,
  )
  if (isAmbiguous) return undefined
  return Array.from({ length: copies }, (_, copy) => inOrder.slice(copy * distinct, (copy + 1) * distinct))
}

/**
 * Takes a stack apart that holds several scans of the same region under one SeriesInstanceUID (contrast phases, cine).
 *
 * Done only when a fact of the files splits it into stacks that are each regular and lie within one another. A
 * stack in which no position is repeated and nothing interleaves is left whole, and so is one that no fact explains:
 * its geometry is then refused, because a mixture of phases has no single CT number.
 */
export function separatePhases(slices: readonly StackSlice[]): {
  readonly stacks: readonly (readonly StackSlice[])[]
  readonly difference?: StackDifference
} {
  const first = slices[0]
  if (!first || slices.length < 2 * SLICE_STACK_LIMITS.minimumPositions) return { stacks: [slices] }
  const normal = sliceAxes(first.frame)[2]
  const placed = slices.map((slice) => ({ slice, position: positionAlong(normal, slice.frame) }))
  if (isOneStack(placed)) return { stacks: [slices] }
  const candidates = [
    ...PHASE_FACTS.map(({ difference, of }) => ({ difference, parts: partsBy(placed, of) })),
    { difference: 'instance number' as const, parts: partsByInstanceNumber(placed) },
  ]
  for (const { difference, parts } of candidates)
    if (parts?.every(isOneStack) && isInterleaved(parts))
      return { stacks: parts.map((part) => part.map(({ slice }) => slice)), difference }
  return { stacks: [slices] }
}
