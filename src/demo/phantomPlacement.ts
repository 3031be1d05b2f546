import type { ExamParameters } from './examParameterSchema.ts'
import { PHANTOM_MODELS, type RodMaterial } from './phantomModels.ts'
import type { Vec3 } from './spineColumn.ts'

/** One rod in its place, in the exam's own millimetres. It is longer than any scan. */
export interface PlacedRod {
  readonly material: RodMaterial
  readonly onAxis: Vec3
  /** Unit direction: to the end that is meant for the head. */
  readonly axis: Vec3
  readonly radius: number
}

/** The phantom in its place: a flat holder with a row of rods. */
export interface PlacedPhantom {
  readonly rods: readonly PlacedRod[]
  /** Middle of the holder at z = 0, its unit axes (along the row, to the back, along the rods) and half sizes. */
  readonly center: Vec3
  readonly axes: readonly [Vec3, Vec3, Vec3]
  readonly halfWidth: number
  readonly halfThickness: number
  readonly holderHu: number
}

/** Gap between back and holder that the pad fills, in mm. */
export const PAD_THICKNESS = 9
/** Plastic round a rod, in mm: above and below it, and beside the outermost ones. */
const PLASTIC = { above: 6, beside: 12 } as const

/** Places the exam's phantom; undefined for an exam without one. */
export function placePhantom({ phantom, patient }: ExamParameters): PlacedPhantom | undefined {
  if (phantom === null) return undefined
  const radius = phantom.rodDiameterMm / 2
  const halfThickness = radius + PLASTIC.above
  const RAD = Math.PI / 180
  const [cx, sx] = [Math.cos(phantom.rotationXDeg * RAD), Math.sin(phantom.rotationXDeg * RAD)]
  const [cy, sy] = [Math.cos(phantom.rotationYDeg * RAD), Math.sin(phantom.rotationYDeg * RAD)]
  const [cz, sz] = [Math.cos(phantom.rotationZDeg * RAD), Math.sin(phantom.rotationZDeg * RAD)]
  // columns of Rz·Ry·Rx
  const row: Vec3 = [cz * cy, sz * cy, -sy]
  const back: Vec3 = [cz * sy * sx - sz * cx, sz * sy * sx + cz * cx, cy * sx]
  const head: Vec3 = [cz * sy * cx + sz * sx, sz * sy * cx - cz * sx, cy * cx]
  const center: Vec3 = [
    phantom.shiftXMm,
    patient.trunkDepthMm / 2 + PAD_THICKNESS + halfThickness + phantom.shiftYMm,
    0,
  ]
  const { rods } = PHANTOM_MODELS[phantom.id]
  // turned end for end about the vertical: both the row and the rods point the other way
  const sign = phantom.turnedEndForEnd ? -1 : 1
  const axis: Vec3 = [head[0] * sign, head[1] * sign, head[2] * sign]
  return {
    center,
    axes: [row, back, head],
    halfThickness,
    halfWidth: ((rods.length - 1) / 2) * phantom.rodSpacingMm + radius + PLASTIC.beside,
    holderHu: phantom.holderHu,
    rods: rods.map((material, index) => {
      const offset = sign * (index - (rods.length - 1) / 2) * phantom.rodSpacingMm
      return {
        material,
        axis,
        radius,
        onAxis: [center[0] + row[0] * offset, center[1] + row[1] * offset, center[2] + row[2] * offset],
      }
    }),
  }
}

/** Where a rod's axis crosses the height z. */
export function rodAt({ onAxis, axis }: PlacedRod, z: number): Vec3 {
  const along = (z - onAxis[2]) / axis[2]
  return [onAxis[0] + axis[0] * along, onAxis[1] + axis[1] * along, z]
}
