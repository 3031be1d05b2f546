import type { StoredVoxels } from '../core/volume/ctVolume.ts'
import type { CtFrame } from './ctStudy.ts'

type Padding = { readonly low: number; readonly high: number }

/** How the voxels of a series are kept, and how each slice is brought to that form. */
export interface VolumeStorage {
  readonly bytesPerVoxel: 2 | 4
  readonly rescale: { readonly slope: number; readonly intercept: number }
  readonly padding?: Padding
  /** Lowest and highest intercept, when slices differ and CT numbers had to be formed. */
  readonly intercepts?: readonly [number, number]
  readonly makeArray: (buffer: ArrayBufferLike, length: number) => StoredVoxels
  /** Brings decoded values to the volume's scale and its one padding value. Does nothing for a plain series. */
  readonly normalize: (frame: CtFrame, slice: StoredVoxels) => void
}

/**
 * Padding of a volume kept as CT numbers, in HU. Far below anything a scanner writes (16 bits and a usual intercept
 * reach −33 792) and exact in float32.
 */
const FLOAT_PADDING = -100_000

const isSamePadding = (a: Padding | undefined, b: Padding | undefined) =>
  a?.low === b?.low && a?.high === b?.high

function replacePadding(slice: StoredVoxels, padding: Padding, by: number): void {
  const { low, high } = padding
  for (let v = 0; v < slice.length; v++) if (slice[v]! >= low && slice[v]! <= high) slice[v] = by
}

/** CT numbers in float32, for slices that do not share one slope and intercept or one sign of their pixels. */
function floatStorage(frames: readonly CtFrame[], needsPadding: boolean): VolumeStorage {
  const isPadded = needsPadding || frames.some((frame) => frame.padding)
  const intercepts = frames.map((frame) => frame.rescaleIntercept)
  return {
    bytesPerVoxel: 4,
    rescale: { slope: 1, intercept: 0 },
    ...(isPadded ? { padding: { low: FLOAT_PADDING, high: FLOAT_PADDING } } : {}),
    intercepts: [Math.min(...intercepts), Math.max(...intercepts)],
    makeArray: (buffer, length) => new Float32Array(buffer, 0, length),
    normalize: ({ rescaleSlope, rescaleIntercept, padding }, slice) => {
      const low = padding?.low ?? Number.NaN
      const high = padding?.high ?? Number.NaN
      for (let v = 0; v < slice.length; v++) {
        const stored = slice[v]!
        slice[v] = stored >= low && stored <= high ? FLOAT_PADDING : stored * rescaleSlope + rescaleIntercept
      }
    },
  }
}

/**
 * Chooses how to keep the voxels of a series.
 *
 * One slope, intercept and sign: as stored. Otherwise CT numbers in float32, with a warning.
 *
 * @param needsPadding - Whether places will appear that no slice covers (a stack set upright).
 */
export function chooseStorage(frames: readonly CtFrame[], needsPadding: boolean): VolumeStorage {
  const first = frames[0]!
  const isUniform = frames.every(
    (frame) =>
      frame.rescaleSlope === first.rescaleSlope &&
      frame.rescaleIntercept === first.rescaleIntercept &&
      frame.pixelRepresentation === first.pixelRepresentation,
  )
  if (!isUniform) return floatStorage(frames, needsPadding)

  const isSigned = first.pixelRepresentation === 'signed'
  const stated = frames.find((frame) => frame.padding)?.padding
  const hasOnePadding = frames.every((frame) => isSamePadding(frame.padding, first.padding))
  // Without a stated padding value, the end of the 16-bit range is taken: a value there is saturated, no measurement.
  const unused = isSigned ? -32_768 : 65_535
  const padding = stated ?? (needsPadding ? { low: unused, high: unused } : undefined)
  return {
    bytesPerVoxel: 2,
    rescale: { slope: first.rescaleSlope, intercept: first.rescaleIntercept },
    ...(padding ? { padding } : {}),
    makeArray: (buffer, length) =>
      isSigned ? new Int16Array(buffer, 0, length) : new Uint16Array(buffer, 0, length),
    normalize: hasOnePadding
      ? () => undefined
      : (frame, slice) => {
          if (frame.padding && padding) replacePadding(slice, frame.padding, padding.low)
        },
  }
}
