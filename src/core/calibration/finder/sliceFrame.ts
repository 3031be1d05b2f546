import { indexPoint, type LpsPoint } from '../../geometry/lps.ts'
import { toIndex, toLps, type VolumeGeometry } from '../../geometry/volumeGeometry.ts'

/** The grid axes seen from the finder: two in-plane axes, and the one that runs most nearly along the patient. */
export interface SliceFrame {
  readonly geometry: VolumeGeometry
  /** Which grid axis is x, which y, which runs along the patient (0 = i, 1 = j, 2 = k). */
  readonly x: 0 | 1 | 2
  readonly y: 0 | 1 | 2
  readonly along: 0 | 1 | 2
}

/** Chooses as slice axis the grid axis most nearly parallel to the patient's z: rods lie along the patient. */
export function sliceFrame(geometry: VolumeGeometry): SliceFrame {
  const steepness = geometry.axes.map((axis) => Math.abs(axis[2]))
  if (steepness[2]! >= steepness[0]! && steepness[2]! >= steepness[1]!) {
    return { geometry, x: 0, y: 1, along: 2 }
  }
  return steepness[1]! >= steepness[0]!
    ? { geometry, x: 0, y: 2, along: 1 }
    : { geometry, x: 1, y: 2, along: 0 }
}

/** World position of (x, y) mm in the plane at `s` mm along the slice axis. */
export function frameToLps(frame: SliceFrame, x: number, y: number, s: number): LpsPoint {
  const { spacing } = frame.geometry
  const index: [number, number, number] = [0, 0, 0]
  index[frame.x] = x / spacing[frame.x]
  index[frame.y] = y / spacing[frame.y]
  index[frame.along] = s / spacing[frame.along]
  return toLps(frame.geometry, indexPoint(...index))
}

/** The inverse: x, y in the plane and the position along the slice axis, in mm. */
export function lpsToFrame(frame: SliceFrame, point: LpsPoint): readonly [number, number, number] {
  const { spacing } = frame.geometry
  const index = toIndex(frame.geometry, point)
  return [
    index[frame.x] * spacing[frame.x],
    index[frame.y] * spacing[frame.y],
    index[frame.along] * spacing[frame.along],
  ]
}
