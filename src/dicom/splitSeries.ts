import type { StackDifference } from '../core/errors/geometry.ts'
import { type QctWarning, qctWarning } from '../core/errors.ts'
import {
  hasSameGrid,
  isParallel,
  positionAlong,
  sliceAxes,
  unusableAttribute,
} from '../core/geometry/slicePlacement.ts'
import type { CtInstance } from './ctInstance.ts'
import type { CtSeries } from './ctStudy.ts'
import { judgeGeometry } from './judgeGeometry.ts'
import { separatePhases } from './separatePhases.ts'
import type { StackSlice } from './stackSlice.ts'

const isClose = (a: number | undefined, b: number | undefined, tolerance: number) =>
  a === undefined || b === undefined ? a === b : Math.abs(a - b) <= tolerance

/** Slice thicknesses closer than this are one thickness written with fewer decimals, in mm. */
const SAME_THICKNESS_MM = 0.05

/** What makes two slices members of different stacks. The first rule they break names the difference. */
const RULES: readonly { difference: StackDifference; isSame: (a: StackSlice, b: StackSlice) => boolean }[] = [
  {
    difference: 'frame of reference',
    isSame: (a, b) => a.instance.frameOfReferenceUid === b.instance.frameOfReferenceUid,
  },
  {
    difference: 'unusable position',
    isSame: (a, b) => unusableAttribute(a.frame) === unusableAttribute(b.frame),
  },
  { difference: 'orientation', isSame: (a, b) => !isUsable(a) || isParallel(a.frame, b.frame) },
  {
    difference: 'matrix',
    isSame: (a, b) => a.frame.columns === b.frame.columns && a.frame.rows === b.frame.rows,
  },
  { difference: 'pixel size', isSame: (a, b) => !isUsable(a) || hasSameGrid(a.frame, b.frame) },
  {
    difference: 'kernel',
    isSame: (a, b) => a.acquisition.convolutionKernel === b.acquisition.convolutionKernel,
  },
  { difference: 'tube voltage', isSame: (a, b) => a.acquisition.kvp === b.acquisition.kvp },
  {
    difference: 'energy',
    isSame: (a, b) => a.acquisition.monoenergeticKev === b.acquisition.monoenergeticKev,
  },
  {
    difference: 'slice thickness',
    isSame: (a, b) => isClose(a.acquisition.sliceThickness, b.acquisition.sliceThickness, SAME_THICKNESS_MM),
  },
  { difference: 'image type', isSame: (a, b) => kindOfImage(a) === kindOfImage(b) },
]

/**
 * Pixel data, examination and kind (ORIGINAL, PRIMARY, AXIAL). Later values are the maker's own and may change from
 * slice to slice of one reconstruction; they tell stacks apart only where positions repeat.
 */
const kindOfImage = (slice: StackSlice) => slice.acquisition.imageType.slice(0, 3).join('\\')

const isUsable = (slice: StackSlice) => unusableAttribute(slice.frame) === undefined

/** Gathers slices that agree by every rule, and notes which rules told them apart. */
function gather(slices: readonly StackSlice[]) {
  const stacks: StackSlice[][] = []
  const differences = new Set<StackDifference>()
  for (const slice of slices) {
    let isPlaced = false
    for (const stack of stacks) {
      const broken = RULES.find((rule) => !rule.isSame(stack[0]!, slice))
      if (broken) differences.add(broken.difference)
      else {
        stack.push(slice)
        isPlaced = true
        break
      }
    }
    if (!isPlaced) stacks.push([slice])
  }
  return { stacks, differences }
}

/** A file that is there twice: same identity, same frames at the same places. */
function dropCopies(instances: readonly CtInstance[]): { kept: CtInstance[]; dropped: number } {
  const seen = new Set<string>()
  const kept = instances.filter((instance) => {
    const uid = instance.frames[0]?.sopInstanceUid ?? ''
    if (uid === '') return true
    // Place and reconstruction belong to the key: bad anonymisation gives every slice one UID, and those are no copies.
    const places = instance.frames.map((frame) => frame.imagePositionPatient)
    const key = JSON.stringify([uid, places, instance.acquisition])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return { kept, dropped: instances.length - kept.length }
}

/** Sorts by position along the normal; slices without a usable position keep an order that no file name decides. */
function sortByPosition(slices: readonly StackSlice[]): StackSlice[] {
  const byIdentity = (a: StackSlice, b: StackSlice) =>
    a.frame.sopInstanceUid < b.frame.sopInstanceUid
      ? -1
      : a.frame.sopInstanceUid > b.frame.sopInstanceUid
        ? 1
        : 0
  const first = slices[0]
  if (!first || !isUsable(first)) return [...slices].sort(byIdentity)
  const normal = sliceAxes(first.frame)[2]
  return slices
    .map((slice) => ({ slice, position: positionAlong(normal, slice.frame) }))
    .sort((a, b) => a.position - b.position || byIdentity(a.slice, b.slice))
    .map(({ slice }) => slice)
}

function toSeries(id: string, slices: readonly StackSlice[], warnings: readonly QctWarning[]): CtSeries {
  const { instance, acquisition } = slices[0]!
  const frames = slices.map(({ frame }) => frame)
  return {
    id,
    seriesInstanceUid: instance.seriesInstanceUid,
    seriesDescription: instance.seriesDescription,
    ...(instance.seriesNumber === undefined ? {} : { seriesNumber: instance.seriesNumber }),
    frameOfReferenceUid: instance.frameOfReferenceUid,
    acquisition,
    frames,
    geometry: judgeGeometry(frames, acquisition),
    warnings,
  }
}

function splitOneUid(uid: string, instances: readonly CtInstance[]): CtSeries[] {
  const { kept, dropped } = dropCopies(instances)
  const slices = sortByUid(kept).flatMap((instance) =>
    instance.frames.map((frame): StackSlice => ({ frame, instance, acquisition: instance.acquisition })),
  )
  const { stacks, differences } = gather(slices)
  const separated = stacks.flatMap((stack) => {
    const phases = isUsable(stack[0]!) ? separatePhases(stack) : { stacks: [stack] }
    if (phases.difference) differences.add(phases.difference)
    return phases.stacks
  })
  const warnings = [
    ...(dropped > 0 ? [qctWarning('DUPLICATE_IMAGES_DROPPED', { dropped })] : []),
    ...(separated.length > 1
      ? [qctWarning('SERIES_SPLIT', { stacks: separated.length, differences: [...differences].sort() })]
      : []),
  ]
  return separated
    .map(sortByPosition)
    .sort((a, b) => b.length - a.length)
    .map((stack, n) => toSeries(n === 0 ? uid : `${uid}#${n + 1}`, stack, warnings))
}

const identity = ({ frames }: CtInstance) =>
  `${frames[0]?.sopInstanceUid} ${frames[0]?.imagePositionPatient.join(' ')}`

/** The order of files in a drop must not show: which stack is `#2` is decided by identities alone. */
const sortByUid = (instances: readonly CtInstance[]) =>
  [...instances].sort((a, b) => {
    const [x, y] = [identity(a), identity(b)]
    return x < y ? -1 : x > y ? 1 : 0
  })

/**
 * Splits the files of one study into stacks of parallel slices with one reconstruction each.
 *
 * First by SeriesInstanceUID; then, because exporters mix, by frame of reference, orientation, matrix, pixel size,
 * kernel, tube voltage, energy, slice thickness and image type; last by phase where positions repeat. Slices are
 * sorted by position from feet to head, never by file name or instance number. Nothing is thrown away except second
 * copies of the same image, and that is said.
 *
 * @param instances - Files of one patient and one study.
 * @returns Series by number, then UID; the largest stack of a UID first.
 */
export function splitSeries(instances: readonly CtInstance[]): CtSeries[] {
  const byUid = new Map<string, CtInstance[]>()
  for (const instance of instances) {
    if (instance.frames.length === 0) continue
    const same = byUid.get(instance.seriesInstanceUid)
    if (same) same.push(instance)
    else byUid.set(instance.seriesInstanceUid, [instance])
  }
  return [...byUid.entries()]
    .flatMap(([uid, same]) => splitOneUid(uid, same))
    .sort(
      (a, b) =>
        (a.seriesNumber ?? Number.MAX_SAFE_INTEGER) - (b.seriesNumber ?? Number.MAX_SAFE_INTEGER) ||
        (a.seriesInstanceUid < b.seriesInstanceUid ? -1 : a.seriesInstanceUid > b.seriesInstanceUid ? 1 : 0),
    )
}
