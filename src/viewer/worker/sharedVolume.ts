import { QctError } from '../../core/errors.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type BuiltVolume, buildVolume, volumeByteLength, volumeInto } from '../../dicom/buildVolume.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import type { NamedBlob } from '../../dicom/namedBlob.ts'
import { readNifti } from '../../dicom/readNifti.ts'
import type { SharedVolume } from './examWorkerApi.ts'

/** How the page hears of a volume that is being decoded. */
export interface VolumeListener {
  /** The memory is there, still empty. */
  readonly onVolume: (volume: SharedVolume) => void
  /** That many slices are in place. */
  readonly onSlices: (volumeId: string, arrived: number, total: number) => void
}

/** A volume in shared memory with the doubts of building it. */
export interface BuiltSharedVolume extends BuiltVolume {
  readonly shared: SharedVolume
}

const sharedBytes = (length: number): SharedArrayBuffer => {
  try {
    return new SharedArrayBuffer(length)
  } catch (cause) {
    const mebibytes = Math.ceil(length / 2 ** 20)
    throw new QctError('VOLUME_TOO_LARGE', { mebibytes, limit: mebibytes - 1 }, { cause })
  }
}

/**
 * Decodes a series into one piece of shared memory; the page sees slices as they arrive.
 *
 * @throws {QctError} The codes of `buildVolume`.
 */
export async function sharedSeries(
  id: string,
  series: CtSeries,
  signal: AbortSignal,
  listener: VolumeListener,
): Promise<BuiltSharedVolume> {
  const into = sharedBytes(volumeByteLength(series))
  const ct = volumeInto(series, into)
  const total = ct.geometry.size[2]
  const flags = new Uint8Array(sharedBytes(total))
  const shared: SharedVolume = { id, ct, flags }
  listener.onVolume(shared)
  let arrived = 0
  const built = await buildVolume(series, {
    into,
    signal,
    onSlice: (k) => {
      flags[k] = 1
      arrived++
      listener.onSlices(id, arrived, total)
    },
  })
  return { ...built, shared }
}

/**
 * Reads a NIfTI volume and puts its voxels into shared memory.
 *
 * @throws {QctError} The codes of `readNifti`.
 */
export async function sharedNifti(
  id: string,
  file: NamedBlob,
  listener: VolumeListener,
): Promise<BuiltSharedVolume> {
  const { volume, warnings } = await readNifti(file)
  const ct: CtVolume = { ...volume, voxels: intoShared(volume.voxels) }
  const flags = new Uint8Array(sharedBytes(ct.geometry.size[2])).fill(1)
  const shared: SharedVolume = { id, ct, flags }
  listener.onVolume(shared)
  listener.onSlices(id, flags.length, flags.length)
  return { volume: ct, warnings, shared }
}

function intoShared(voxels: CtVolume['voxels']): CtVolume['voxels'] {
  const buffer = sharedBytes(voxels.byteLength)
  const shared =
    voxels instanceof Int16Array
      ? new Int16Array(buffer)
      : voxels instanceof Uint16Array
        ? new Uint16Array(buffer)
        : new Float32Array(buffer)
  shared.set(voxels)
  return shared
}
