import { type LpsPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { cross, translate } from '../../../src/core/geometry/vector.ts'
import type { VertebralBody } from '../../../src/core/spine/vertebralBody.ts'
import { mm } from '../../../src/core/units.ts'

/** What a body drawn for a test looks like; angles in degrees. */
export interface DrawnBody {
  /** Wall radius by angle from the left over the front, in mm. */
  readonly radius?: (angle: number) => number
  readonly height?: number
  /** How far the two endplates lean to each other in the sagittal plane. */
  readonly wedge?: number
  /** How far the whole body leans forward. */
  readonly tilt?: number
  readonly center?: LpsPoint
}

const RADIAN = Math.PI / 180

/** A vertebral body of known shape: a round one of 20 mm radius and 27 mm height unless said otherwise. */
export function drawBody(drawn: DrawnBody = {}): VertebralBody {
  const center = drawn.center ?? lpsPoint(10, -20, 300)
  const tilt = (drawn.tilt ?? 0) * RADIAN
  const cranial = lpsVector(0, -Math.sin(tilt), Math.cos(tilt))
  const left = lpsVector(1, 0, 0)
  const anterior = cross(left, cranial)
  const half = ((drawn.wedge ?? 0) / 2) * RADIAN
  const lean = (side: 1 | -1) => {
    const forward = tilt + side * half
    return lpsVector(0, -Math.sin(forward), Math.cos(forward))
  }
  const height = drawn.height ?? 27
  const radius = drawn.radius ?? (() => 20)
  const wall = Array.from({ length: 720 }, (_, index) => {
    const angle = (index / 720) * 2 * Math.PI
    const r = radius(angle)
    return translate(translate(center, left, r * Math.cos(angle)), anterior, r * Math.sin(angle))
  })
  return {
    center,
    cranial,
    left,
    anterior,
    upper: { point: translate(center, cranial, height / 2), normal: lean(1), residual: mm(0) },
    lower: { point: translate(center, cranial, -height / 2), normal: lean(-1), residual: mm(0) },
    wall,
  }
}
