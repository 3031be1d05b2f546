import type { QctWarning } from '../errors.ts'
import type { LpsPoint, LpsVector } from '../geometry/lps.ts'
import { displacement, normalize, scale } from '../geometry/vector.ts'
import { type Mm, mm } from '../units.ts'
import { frameToLps, type SliceFrame } from './finder/sliceFrame.ts'
import type { RodTrace } from './finder/traceRods.ts'
import type { PhantomModel, PhantomRod } from './phantomModel.ts'

/** One rod of a phantom as it lies in the scan. */
export interface FoundRod {
  readonly rod: PhantomRod
  /** A point of the rod's axis, in the middle of its visible length. */
  readonly point: LpsPoint
  /** Unit direction of the axis, towards the head. */
  readonly direction: LpsVector
  readonly radius: Mm
  /** LPS z from which and to which the rod was followed. */
  readonly zRange: readonly [number, number]
}

/** A phantom found in a scan, its rods in the model's order. */
export interface FoundPhantom {
  readonly phantom: PhantomModel
  readonly rods: readonly FoundRod[]
  /** How the rods came to be known. */
  readonly placement: 'automatic' | 'by hand'
  readonly warnings: readonly QctWarning[]
}

/** A traced rod in the patient's world. */
export function rodInWorld(frame: SliceFrame, rod: PhantomRod, trace: RodTrace, radius: number): FoundRod {
  const { line, stretch } = trace
  const at = (s: number) => frameToLps(frame, line.x0 + line.tx * s, line.y0 + line.ty * s, s)
  // A direction needs a length, which a rod that could not be followed has not.
  const axis = normalize(displacement(at(stretch.from), at(stretch.from + 1)))
  const [low, high] = [at(stretch.from), at(stretch.to)]
  return {
    rod,
    point: at((stretch.from + stretch.to) / 2),
    direction: axis[2] < 0 ? scale(axis, -1) : axis,
    radius: mm(radius),
    zRange: [Math.min(low[2], high[2]), Math.max(low[2], high[2])],
  }
}
