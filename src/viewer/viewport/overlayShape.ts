import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'

/**
 * How a shape came to be, told by its line as well as its colour: automatic is dashed, edited is solid, confirmed is
 * solid with a tick; doubtful and refused carry a sign of their own.
 */
export type ShapeStanding = 'automatic' | 'edited' | 'confirmed' | 'doubtful' | 'refused'

interface NamedShape {
  /** Unique among the shapes of one viewport. */
  readonly id: string
  /** Short words beside the shape, for example `L1` or `H800`. */
  readonly label: string
  readonly standing: ShapeStanding
  /** Whether it can be moved here. */
  readonly isEditable: boolean
}

/** The VOI of a vertebra. Each plane shows its section; the oblique plane along its axis allows tilt as well. */
export interface VoiShape extends NamedShape {
  readonly kind: 'voi'
  readonly voi: EllipticalCylinder
}

/** A phantom rod: a circle where the plane crosses its axis, two lines along it otherwise. */
export interface RodShape extends NamedShape {
  readonly kind: 'rod'
  readonly center: LpsPoint
  /** Unit direction of the rod. */
  readonly axis: LpsVector
  /** Of the measured circle, in mm. */
  readonly radius: number
  /** Length drawn to both sides of the centre together, in mm. */
  readonly length: number
}

/** A round cylinder in which a tissue is measured, drawn as a rod is. */
export interface TissueShape extends Omit<RodShape, 'kind'> {
  readonly kind: 'tissue'
}

/** A point that a person clicked inside a vertebral body. */
export interface SeedShape extends NamedShape {
  readonly kind: 'seed'
  readonly at: LpsPoint
}

/** An endplate: the line in which its plane crosses the picture. Never edited here. */
export interface EndplateShape extends NamedShape {
  readonly kind: 'endplate'
  readonly isEditable: false
  readonly point: LpsPoint
  /** Unit normal. */
  readonly normal: LpsVector
  /** How far the line is drawn to each side of `point`, in mm. */
  readonly reach: number
}

/** The outer wall of a body: its outline in its own plane, and where it crosses other planes. Never edited here. */
export interface WallShape extends NamedShape {
  readonly kind: 'wall'
  readonly isEditable: false
  /** Closed polygon in one plane. */
  readonly corners: readonly LpsPoint[]
}

/** What is drawn over a picture, in LPS mm. */
export type OverlayShape = VoiShape | RodShape | TissueShape | SeedShape | EndplateShape | WallShape

/** Which property a hand changed; the name for an undo's label. */
export type EditKind = 'move' | 'resize' | 'height' | 'tilt' | 'turn'

/** One change of a shape by pointer or key, in LPS mm. */
export type ShapeEdit =
  | { readonly kind: 'voi'; readonly id: string; readonly edit: EditKind; readonly voi: EllipticalCylinder }
  | {
      readonly kind: 'rod' | 'tissue'
      readonly id: string
      readonly edit: 'move'
      readonly center: LpsPoint
    }
  | { readonly kind: 'seed'; readonly id: string; readonly edit: 'move'; readonly at: LpsPoint }

/**
 * Where a change stands: `live` while the pointer is down (show, measure, do not record), `done` once (record one
 * step of the history), `cancelled` when it is taken back (Escape; the edit carries the shape as it was).
 */
export type EditPhase = 'live' | 'done' | 'cancelled'
