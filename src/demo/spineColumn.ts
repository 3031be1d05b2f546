import type { ExamParameters } from './examParameterSchema.ts'

/** Three numbers: a point or direction in the exam's own millimetres (left, back, head), middle of L3 at z = 0. */
export type Vec3 = readonly [number, number, number]

/** The vertebrae a digital spine is built of, from the head down. Only T12–L5 are ever measured. */
export const COLUMN_NAMES = ['T10', 'T11', 'T12', 'L1', 'L2', 'L3', 'L4', 'L5', 'S1'] as const
/** Name of one vertebra of the digital spine. */
export type ColumnName = (typeof COLUMN_NAMES)[number]

/** The size of one vertebral body, in mm. These are plausible shapes, not reference values. */
export interface BodySize {
  readonly halfWidth: number
  readonly halfDepth: number
  readonly height: number
  /** Height of the disc above. */
  readonly discAbove: number
  /** Added to the height at the front wall and taken off at the back wall. */
  readonly wedge: number
}

/** One vertebra in its place. */
export interface PlacedVertebra {
  readonly name: ColumnName
  readonly size: BodySize
  readonly center: Vec3
  readonly left: Vec3
  readonly anterior: Vec3
  readonly cranial: Vec3
}

const SIZES: Readonly<Record<ColumnName, BodySize>> = {
  T10: { halfWidth: 17.5, halfDepth: 15, height: 23, discAbove: 4.5, wedge: -0.3 },
  T11: { halfWidth: 19, halfDepth: 15.5, height: 24, discAbove: 5, wedge: -0.3 },
  T12: { halfWidth: 20.5, halfDepth: 15.8, height: 25.5, discAbove: 5.5, wedge: -0.3 },
  L1: { halfWidth: 21.5, halfDepth: 16, height: 26.5, discAbove: 7, wedge: -0.2 },
  L2: { halfWidth: 22.3, halfDepth: 16.4, height: 27.2, discAbove: 8, wedge: 0 },
  L3: { halfWidth: 23.2, halfDepth: 16.8, height: 27.4, discAbove: 9, wedge: 0.3 },
  L4: { halfWidth: 24, halfDepth: 17, height: 27, discAbove: 10, wedge: 0.5 },
  L5: { halfWidth: 25, halfDepth: 17, height: 26.4, discAbove: 10.5, wedge: 1.2 },
  S1: { halfWidth: 25, halfDepth: 15, height: 28, discAbove: 10, wedge: 1 },
}

/** Share of the lordosis by which each axis leans to the front; T12 and L5 differ by 1. */
const LEAN: Readonly<Record<ColumnName, number>> = {
  T10: -0.36,
  T11: -0.38,
  T12: -0.38,
  L1: -0.33,
  L2: -0.2,
  L3: -0.02,
  L4: 0.24,
  L5: 0.62,
  S1: 1.05,
}

const RAD = Math.PI / 180

/** Unit axes of a vertebra that leans by `pitch` to the front, `roll` to the left and is turned by `yaw` (degrees). */
function axesOf(pitchDeg: number, rollDeg: number, yawDeg: number): readonly [Vec3, Vec3, Vec3] {
  const [pitch, roll, yaw] = [pitchDeg * RAD, rollDeg * RAD, yawDeg * RAD]
  const cranial: Vec3 = [Math.sin(roll), -Math.sin(pitch) * Math.cos(roll), Math.cos(pitch) * Math.cos(roll)]
  const across = Math.hypot(cranial[0], cranial[2])
  const flatLeft: Vec3 = [cranial[2] / across, 0, -cranial[0] / across]
  // anterior = left × cranial: with left = +x and cranial = +z this is −y, the front
  const cross = (p: Vec3, q: Vec3): Vec3 => [
    p[1] * q[2] - p[2] * q[1],
    p[2] * q[0] - p[0] * q[2],
    p[0] * q[1] - p[1] * q[0],
  ]
  const flatAnterior = cross(flatLeft, cranial)
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)]
  const mix = (p: Vec3, f: number, q: Vec3, g: number): Vec3 => [
    p[0] * f + q[0] * g,
    p[1] * f + q[1] * g,
    p[2] * f + q[2] * g,
  ]
  return [mix(flatLeft, c, flatAnterior, -s), mix(flatAnterior, c, flatLeft, s), cranial]
}

/** Places every vertebra of the column: L3 first, then its neighbours, each at right angles to its own axis. */
export function placeColumn({ spine }: ExamParameters): readonly PlacedVertebra[] {
  const scale = spine.sizeScale
  const shaped = COLUMN_NAMES.map((name) => {
    const [left, anterior, cranial] = axesOf(
      spine.sagittalTiltDeg + spine.lordosisDeg * LEAN[name],
      spine.coronalTiltDeg,
      spine.axialRotationDeg,
    )
    const raw = SIZES[name]
    const size: BodySize = {
      halfWidth: raw.halfWidth * scale,
      halfDepth: raw.halfDepth * scale,
      height: raw.height * scale,
      discAbove: raw.discAbove * scale,
      wedge: raw.wedge * scale,
    }
    return { name, size, left, anterior, cranial }
  })
  const middle = COLUMN_NAMES.indexOf('L3')
  const centers: Vec3[] = []
  centers[middle] = [spine.centerXMm, spine.centerYMm, 0]
  const step = (from: number, to: number, sign: 1 | -1) => {
    const [here, there] = [shaped[from]!, shaped[to]!]
    const disc = sign > 0 ? here.size.discAbove : there.size.discAbove
    const along = (axis: 0 | 1 | 2) =>
      centers[from]![axis] +
      sign *
        (here.cranial[axis] * (here.size.height + disc) * 0.5 +
          there.cranial[axis] * (there.size.height + disc) * 0.5)
    centers[to] = [along(0), along(1), along(2)]
  }
  for (let index = middle; index > 0; index--) step(index, index - 1, 1)
  for (let index = middle; index < COLUMN_NAMES.length - 1; index++) step(index, index + 1, -1)
  return shaped.map((vertebra, index) => ({ ...vertebra, center: centers[index]! }))
}

/** Where the column's axis crosses a height z, by straight lines between the middles of its bodies. */
export function columnAxisAt(column: readonly PlacedVertebra[], z: number): { x: number; y: number } {
  let [upper, lower] = [column[0]!.center, column[1]!.center]
  for (let index = 1; index < column.length; index++) {
    upper = column[index - 1]!.center
    lower = column[index]!.center
    if (z >= lower[2]) break
  }
  const share = Math.min(1.6, Math.max(-0.6, (z - lower[2]) / (upper[2] - lower[2])))
  return {
    x: lower[0] + (upper[0] - lower[0]) * share,
    y: lower[1] + (upper[1] - lower[1]) * share,
  }
}
