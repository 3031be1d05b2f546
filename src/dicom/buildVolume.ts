import { QctError, type QctWarning, qctWarning } from '../core/errors.ts'
import { planSliceStack, type SliceStackPlan } from '../core/geometry/sliceStack.ts'
import { voxelCount } from '../core/geometry/volumeGeometry.ts'
import { hu } from '../core/units.ts'
import type { CtVolume, StoredVoxels } from '../core/volume/ctVolume.ts'
import { blendSlices, shiftSliceInPlace } from '../core/volume/resampleSlices.ts'
import type { CtFrame, CtSeries } from './ctStudy.ts'
import { inFlight } from './inFlight.ts'
import { chooseStorage, type VolumeStorage } from './volumeStorage.ts'

/** What a caller may ask of `buildVolume`. */
export interface BuildVolumeOptions {
  /** Called after each decoded slice. */
  readonly onProgress?: (decoded: number, total: number) => void
  /** Called when slice k of the volume is in its place and may be looked at; slices come in any order. */
  readonly onSlice?: (k: number) => void
  /** Stops the work between two slices. */
  readonly signal?: AbortSignal
  /** Memory to build the volume in, at least `volumeByteLength(series)` bytes. Shared memory reaches workers and viewer without a copy. */
  readonly into?: ArrayBufferLike
  /** How many slices are read and decoded at the same time; 4 unless told. */
  readonly concurrency?: number
  /** Refuse volumes larger than this many bytes; 3 GiB unless told. */
  readonly maxBytes?: number
}

/** A volume and the doubts that building it raised, those of the series' geometry among them. */
export interface BuiltVolume {
  readonly volume: CtVolume
  readonly warnings: readonly QctWarning[]
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new QctError('CANCELLED', {}, { cause: signal.reason })
}

const MEBIBYTE = 2 ** 20
/** What a machine with 8 GiB can hold beside the viewer; no clinical CT of the trunk comes near it. */
const DEFAULT_MAX_BYTES = 3 * 1024 * MEBIBYTE
/** Enough to overlap reading with decoding; each slice in flight costs its compressed bytes and a decoder's buffer. */
const DEFAULT_CONCURRENCY = 4

interface Design {
  readonly plan: SliceStackPlan
  /** Slices in the order of the plan, from feet to head. */
  readonly frames: readonly CtFrame[]
  readonly storage: VolumeStorage
  readonly bytes: number
}

function design(series: CtSeries): Design {
  if (series.geometry.status === 'refused') throw series.geometry.error
  const plan = planSliceStack(series.frames)
  if (plan instanceof QctError) throw plan
  const frames = plan.order.map((index) => series.frames[index]!)
  const storage = chooseStorage(frames, plan.shifts !== undefined)
  return { plan, frames, storage, bytes: voxelCount(plan.geometry) * storage.bytesPerVoxel }
}

/**
 * Bytes that the volume of a series needs; for memory given as `into`.
 * @throws {QctError} The geometry's code when the series was refused.
 */
export const volumeByteLength = (series: CtSeries): number => design(series).bytes

/**
 * The volume that `buildVolume` will fill in memory given as `into`, before its first slice is there: for pictures that
 * grow while slices arrive.
 *
 * @throws {QctError} The geometry's code when the series was refused; `VOLUME_TOO_LARGE`; `VOLUME_BUFFER_TOO_SMALL`.
 */
export function volumeInto(series: CtSeries, into: ArrayBufferLike): CtVolume {
  const made = design(series)
  return volumeOf(made, makeVoxels(made, { into }))
}

const volumeOf = ({ plan, storage: { rescale, padding } }: Design, voxels: StoredVoxels): CtVolume => ({
  quantity: 'HU',
  voxels,
  rescale: { slope: rescale.slope, intercept: hu(rescale.intercept) },
  geometry: plan.geometry,
  ...(padding ? { padding } : {}),
})

function makeVoxels({ storage, bytes }: Design, options: BuildVolumeOptions): StoredVoxels {
  const limit = options.maxBytes ?? DEFAULT_MAX_BYTES
  const tooLarge = (cause?: unknown) =>
    new QctError(
      'VOLUME_TOO_LARGE',
      { mebibytes: Math.ceil(bytes / MEBIBYTE), limit: Math.floor(limit / MEBIBYTE) },
      { cause },
    )
  if (bytes > limit) throw tooLarge()
  const { into } = options
  if (into && into.byteLength < bytes)
    throw new QctError('VOLUME_BUFFER_TOO_SMALL', { bytes: into.byteLength, required: bytes })
  try {
    return storage.makeArray(into ?? new ArrayBuffer(bytes), bytes / storage.bytesPerVoxel)
  } catch (cause) {
    throw tooLarge(cause)
  }
}

/** Decodes one slice to the front of `slot`, brings its values to the volume's scale and, if tilted, shifts it upright. */
async function readSlice({ plan, frames, storage }: Design, k: number, slot: StoredVoxels): Promise<void> {
  const frame = frames[k]!
  const scanned = slot.subarray(0, frame.columns * frame.rows)
  await frame.decodeInto(scanned)
  storage.normalize(frame, scanned)
  const shift = plan.shifts?.[k]
  if (shift && storage.padding) {
    const [columns, rows] = plan.geometry.size
    shiftSliceInPlace(slot, [frame.columns, frame.rows], [columns, rows], shift, storage.padding)
  }
}

/** Slices of the scan decoded outside the volume because two slices of the grid are made from them. */
class ScannedSlices {
  readonly #design: Design
  readonly #slices = new Map<number, Promise<StoredVoxels>>()
  readonly #free: StoredVoxels[] = []
  readonly #onRead: () => void
  constructor(design: Design, onRead: () => void) {
    this.#design = design
    this.#onRead = onRead
  }

  read(k: number): Promise<StoredVoxels> {
    const known = this.#slices.get(k)
    if (known) return known
    const { plan, storage } = this.#design
    const [columns, rows] = plan.geometry.size
    const slot =
      this.#free.pop() ??
      storage.makeArray(new ArrayBuffer(columns * rows * storage.bytesPerVoxel), columns * rows)
    const slice = readSlice(this.#design, k, slot).then(() => {
      this.#onRead()
      return slot
    })
    slice.catch(() => undefined) // whoever awaits it gets the failure; no second, unhandled one
    this.#slices.set(k, slice)
    return slice
  }

  /** Forgets what no later grid slice needs, and uses its memory again. */
  forgetBelow(k: number): void {
    for (const [known, slice] of this.#slices) {
      if (known >= k) continue
      this.#slices.delete(known)
      slice.then(
        (slot) => this.#free.push(slot),
        () => undefined,
      )
    }
  }
}

async function resampleInto(
  voxels: StoredVoxels,
  made: Design,
  options: BuildVolumeOptions,
  onRead: () => void,
) {
  const { plan, storage } = made
  const sliceLength = plan.geometry.size[0] * plan.geometry.size[1]
  const ahead = options.concurrency ?? DEFAULT_CONCURRENCY
  const scanned = new ScannedSlices(made, onRead)
  for (const [k, { lower, upper, weight }] of plan.sources.entries()) {
    throwIfCancelled(options.signal)
    for (let next = lower; next < Math.min(lower + ahead, made.frames.length); next++) void scanned.read(next)
    const [below, above] = await Promise.all([scanned.read(lower), scanned.read(upper)])
    const target = voxels.subarray(k * sliceLength, (k + 1) * sliceLength)
    if (weight === 0) target.set(below)
    else blendSlices(target, below, above, weight, storage.padding)
    options.onSlice?.(k)
    scanned.forgetBelow(lower)
  }
}

/**
 * Decodes a series into one volume.
 *
 * Stored values stay as the scanner wrote them (Int16 or Uint16) with their exact slope and intercept; pixels are
 * never reordered, the axes carry how the patient lay. Slices are decoded straight into their place. Interpolated
 * slices are made one by one from a few decoded ones, so the buffers stay near the size of the volume.
 *
 * @returns The volume, slice index k from feet to head, and all warnings of its geometry and storage.
 * @throws {QctError} The geometry's code for a refused series; `VOLUME_TOO_LARGE`; `VOLUME_BUFFER_TOO_SMALL`;
 *   `CANCELLED`; the decoder's code when a slice cannot be decoded.
 */
export async function buildVolume(series: CtSeries, options: BuildVolumeOptions = {}): Promise<BuiltVolume> {
  throwIfCancelled(options.signal)
  const made = design(series)
  const { plan, frames, storage } = made
  const voxels = makeVoxels(made, options)
  let decoded = 0
  const onRead = () => options.onProgress?.(++decoded, frames.length)
  const isResampled = plan.sources.some(({ lower, upper, weight }) => lower !== upper && weight > 0)
  if (isResampled || plan.sources.length !== frames.length) await resampleInto(voxels, made, options, onRead)
  else {
    const sliceLength = plan.geometry.size[0] * plan.geometry.size[1]
    await inFlight(frames.length, options.concurrency ?? DEFAULT_CONCURRENCY, async (k) => {
      throwIfCancelled(options.signal)
      await readSlice(made, k, voxels.subarray(k * sliceLength, (k + 1) * sliceLength))
      options.onSlice?.(k)
      onRead()
    })
  }
  throwIfCancelled(options.signal)
  const geometryWarnings = series.geometry.status === 'refused' ? [] : series.geometry.warnings
  const rescaleWarning = storage.intercepts
    ? [qctWarning('RESCALE_VARIES', { low: storage.intercepts[0], high: storage.intercepts[1] })]
    : []
  return {
    volume: volumeOf(made, voxels),
    warnings: [...series.warnings, ...geometryWarnings, ...rescaleWarning],
  }
}
