import type { LpsPoint, LpsVector } from '../geometry/lps.ts'
import type { Mm } from '../units.ts'

/** A plane through the bony endplate of a vertebral body. */
export interface EndplatePlane {
  readonly point: LpsPoint
  /** Unit normal, pointing to the head for both endplates. */
  readonly normal: LpsVector
  /** Robust SD of the endplate's points about the plane. */
  readonly residual: Mm
}

/**
 * A vertebral body as found: the frame in which a VOI is placed.
 *
 * `cranial` is the normalised sum of the two endplate normals; `anterior` is at right angles to it in the body's
 * mid-sagittal plane; `left` completes them. The wall is the outer surface of the cortex in the mid-plane.
 */
export interface VertebralBody {
  /** On the mid-plane between the endplates, half-way between the walls in both directions. */
  readonly center: LpsPoint
  readonly cranial: LpsVector
  readonly left: LpsVector
  readonly anterior: LpsVector
  readonly upper: EndplatePlane
  readonly lower: EndplatePlane
  /** Outer wall in the mid-plane: closed polygon, counted from the patient's left over anterior. */
  readonly wall: readonly LpsPoint[]
}
