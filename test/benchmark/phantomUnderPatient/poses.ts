import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { PhantomPose } from './layPhantom.ts'
import { backAt, flankAt } from './patientScan.ts'
import type { DigitalPhantom } from './phantomTypes.ts'
import { seededDraws } from './seededDraws.ts'

/** How a phantom lies. `cut`: an end of it lies beyond the field; `short`: it ends within the scan. */
export type PoseKind = 'under' | 'beside' | 'cut' | 'short'

/** The ten poses of each phantom. */
export const POSE_KINDS: readonly PoseKind[] = [
  'under',
  'under',
  'under',
  'under',
  'under',
  'beside',
  'beside',
  'cut',
  'cut',
  'short',
]

type Triple = readonly [number, number, number]
const radians = (angle: number) => (angle * Math.PI) / 180

/** Rotation about the x axis by `pitch`, the y axis by `yaw` and, first, the z axis by `roll`; degrees. */
function rotated([x, y, z]: Triple, roll: number, pitch: number, yaw: number): Triple {
  const [cr, sr] = [Math.cos(radians(roll)), Math.sin(radians(roll))]
  const [cp, sp] = [Math.cos(radians(pitch)), Math.sin(radians(pitch))]
  const [cy, sy] = [Math.cos(radians(yaw)), Math.sin(radians(yaw))]
  const a: Triple = [cr * x - sr * y, sr * x + cr * y, z]
  const b: Triple = [a[0], cp * a[1] - sp * a[2], sp * a[1] + cp * a[2]]
  return [cy * b[0] + sy * b[2], b[1], -sy * b[0] + cy * b[2]]
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * One of the ten poses of a phantom under or beside the patient.
 *
 * Under: pressed 6 mm into the mean depth of the back over its width, which then yields. Beside: on its edge along a flank. Tilts of up
 * to 4°, turned up to 6° about the patient's axis.
 */
export function poseOf(volume: CtVolume, phantom: DigitalPhantom, index: number, seed: number) {
  const draw = seededDraws(seed * 1009 + index * 31 + phantom.rods.length * 7 + phantom.rodGap)
  const between = (low: number, high: number) => low + (high - low) * draw()
  const kind = POSE_KINDS[index % POSE_KINDS.length]!
  const { size, spacing, origin } = volume.geometry
  const isReversed = draw() < 0.5
  const length = kind === 'short' ? between(110, 150) : between(260, 420)
  const z = origin[2] + (size[2] - 1) * spacing[2] * (kind === 'short' ? between(0.4, 0.6) : 0.5)
  const halfWidth = ((phantom.rods.length - 1) * phantom.rodGap + phantom.rodDiameter) / 2 + 7
  const [roll, pitch, yaw] = [between(-6, 6), between(-4, 4), between(-4, 4)]
  const centre: Triple = [
    origin[0] + ((size[0] - 1) * spacing[0]) / 2,
    origin[1] + ((size[1] - 1) * spacing[1]) / 2,
    z,
  ]
  const slices = [0.3, 0.5, 0.7].map((share) => Math.round(share * (size[2] - 1)))
  const axis = rotated([0, 0, 1], 0, pitch, yaw)
  if (kind === 'beside') {
    const side = draw() < 0.5 ? 1 : -1
    const flank = meanOf(slices.map((k) => flankAt(volume, k, side)))
    const x = flank + side * (phantom.holderThickness / 2 - 4)
    const pose: PhantomPose = {
      middle: [x, centre[1] + between(-15, 15), z],
      row: rotated([0, 1, 0], roll, pitch, yaw),
      axis,
      length: Math.min(length, 300),
      isReversed,
    }
    return { kind, pose, draw }
  }
  const x = kind === 'cut' ? 0 : between(-35, 35)
  const columns = [-0.8, -0.4, 0, 0.4, 0.8].map((share) =>
    Math.round((centre[0] + x + share * Math.min(halfWidth, 90) - origin[0]) / spacing[0]),
  )
  const back = meanOf(slices.flatMap((k) => columns.map((i) => backAt(volume, i, k))))
  const y = back - 6 + phantom.holderThickness / 2
  let middleX = centre[0] + x
  if (kind === 'cut') {
    // The field is a circle about the middle of the picture: the phantom is slid until an end leaves it.
    const side = draw() < 0.5 ? 1 : -1
    const field = Math.sqrt(((size[0] - 1) * spacing[0] * 0.5) ** 2 - (y - centre[1]) ** 2)
    const last = ((phantom.rods.length - 1) * phantom.rodGap) / 2
    const farthest = phantom.rods.length > 3 ? phantom.rodDiameter : -phantom.rodDiameter / 2 - 5
    middleX = centre[0] + side * (field + farthest - last)
  }
  const turned = kind === 'cut' ? roll / 3 : roll
  const pose: PhantomPose = {
    middle: [middleX, y, z],
    row: rotated([1, 0, 0], turned, kind === 'cut' ? pitch / 3 : pitch, kind === 'cut' ? yaw / 3 : yaw),
    axis: kind === 'cut' ? rotated([0, 0, 1], 0, pitch / 3, yaw / 3) : axis,
    length,
    isReversed,
  }
  return { kind, pose, draw }
}
