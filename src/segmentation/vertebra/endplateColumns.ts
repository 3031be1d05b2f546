import { dot } from '../../core/geometry/vector.ts'
import { toIndex } from '../../core/geometry/volumeGeometry.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { measuredTest } from '../../core/volume/measuredVoxel.ts'
import { type BodyFrame, pointAt, seenIn } from './bodyFrame.ts'
import type { PlaneGuess } from './endplateSearch.ts'

/** An ellipse in the (u, v) plane of a frame. */
export interface CentralEllipse {
  readonly u: number
  readonly v: number
  readonly halfWidth: number
  readonly halfDepth: number
}

/** CT numbers near a plane, gathered into small cells: means of voxels with the mean place of those voxels. */
export interface PlateCells {
  readonly count: number
  /** Place relative to the ellipse's middle, and height above the plane's guess, counted outward from the body. */
  readonly u: Float64Array
  readonly v: Float64Array
  readonly s: Float64Array
  readonly value: Float64Array
  /** Voxels per cell. */
  readonly voxels: Float64Array
}

/** Cells measure this much along u and v, and this much across the plate, in mm. */
const CELL_MM = { along: 2.5, across: 0.75 }

/**
 * Gathers the voxels near an endplate into cells, without interpolation: each cell keeps the mean place of its voxels,
 * so thick slices keep their true positions and noise averages out.
 *
 * @param side - 1 for the upper endplate, −1 for the lower: heights count outward from the body.
 * @param window - How far inward (below 0) and outward from the plane cells are gathered, in mm.
 */
export function gatherPlateCells(
  volume: CtVolume,
  frame: BodyFrame,
  ellipse: CentralEllipse,
  guess: PlaneGuess,
  side: 1 | -1,
  window: readonly [number, number],
): PlateCells {
  const { geometry, voxels, rescale } = volume
  const isMeasured = measuredTest(volume)
  const [ni, nj, nk] = geometry.size
  const columns = Math.ceil((2 * ellipse.halfWidth) / CELL_MM.along)
  const rows = Math.ceil((2 * ellipse.halfDepth) / CELL_MM.along)
  const layers = Math.ceil((window[1] - window[0]) / CELL_MM.across)
  const cells = columns * rows * layers
  const sums = Array.from({ length: 5 }, () => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const [sumU, sumV, sumS, sumValue, count] = sums

  // The index box that holds the tilted slab.
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let corner = 0; corner < 8; corner++) {
    const du = (corner & 1 ? 1 : -1) * ellipse.halfWidth
    const dv = (corner & 2 ? 1 : -1) * ellipse.halfDepth
    const plane = guess.height + guess.slopeU * du + guess.slopeV * dv
    const s = plane + side * (corner & 4 ? window[1] : window[0])
    const index = toIndex(geometry, pointAt(frame, ellipse.u + du, ellipse.v + dv, s))
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis]!, index[axis])
      high[axis] = Math.max(high[axis]!, index[axis])
    }
  }
  const from = low.map((at) => Math.max(0, Math.floor(at)))
  const to = high.map((at, axis) => Math.min([ni, nj, nk][axis]! - 1, Math.ceil(at)))

  const start = seenIn(frame, geometry.origin)
  const step = geometry.axes.map((axis, index) =>
    [frame.left, frame.anterior, frame.cranial].map((own) => dot(axis, own) * geometry.spacing[index]!),
  ) as [number[], number[], number[]]
  for (let k = from[2]!; k <= to[2]!; k++) {
    for (let j = from[1]!; j <= to[1]!; j++) {
      const row = ni * (j + nj * k)
      for (let i = from[0]!; i <= to[0]!; i++) {
        const u = start[0] + i * step[0][0]! + j * step[1][0]! + k * step[2][0]! - ellipse.u
        const v = start[1] + i * step[0][1]! + j * step[1][1]! + k * step[2][1]! - ellipse.v
        if ((u / ellipse.halfWidth) ** 2 + (v / ellipse.halfDepth) ** 2 > 1) continue
        const along = start[2] + i * step[0][2]! + j * step[1][2]! + k * step[2][2]!
        const s = side * (along - guess.height - guess.slopeU * u - guess.slopeV * v)
        if (s < window[0] || s >= window[1]) continue
        const stored = voxels[row + i]!
        if (!isMeasured(stored)) continue
        const a = Math.min(columns - 1, Math.floor((u + ellipse.halfWidth) / CELL_MM.along))
        const b = Math.min(rows - 1, Math.floor((v + ellipse.halfDepth) / CELL_MM.along))
        const c = Math.min(layers - 1, Math.floor((s - window[0]) / CELL_MM.across))
        const cell = a + columns * (b + rows * c)
        sumU[cell]! += u
        sumV[cell]! += v
        sumS[cell]! += s
        sumValue[cell]! += stored * rescale.slope + rescale.intercept
        count[cell]! += 1
      }
    }
  }
  const filled: number[] = []
  for (let cell = 0; cell < cells; cell++) if (count[cell]! > 0) filled.push(cell)
  const mean = (sum: Float64Array) => Float64Array.from(filled, (cell) => sum[cell]! / count[cell]!)
  return {
    count: filled.length,
    u: mean(sumU),
    v: mean(sumV),
    s: mean(sumS),
    value: mean(sumValue),
    voxels: Float64Array.from(filled, (cell) => count[cell]!),
  }
}
