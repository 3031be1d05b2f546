import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { EditPhase, OverlayShape, ShapeEdit } from './overlayShape.ts'
import type { ViewportPlane } from './viewportPlane.ts'

/**
 * The volume that is shown. Its voxels are looked at where they are (normally a SharedArrayBuffer); no copy in HU or
 * float is made on this side.
 */
export interface ViewportVolume {
  /** Unique for these voxels; a new id is a new volume. */
  readonly id: string
  readonly ct: CtVolume
  /** While slices still arrive: which are there. Left out when all are. */
  readonly arrived?: {
    /** One byte per slice k of the grid, not 0 when the slice's voxels are in place. May be shared memory. */
    readonly flags: Uint8Array
    /** Number of slices in place; a new value tells the viewport to look at `flags` again. */
    readonly count: number
  }
}

/** Grey window in HU. It changes pictures, never numbers. */
export interface GreyWindow {
  readonly center: number
  readonly width: number
}

/** What is under the pointer. */
export interface PointerSample {
  readonly at: LpsPoint
  /** Column, row and slice of the voxel under the pointer. */
  readonly voxel: readonly [number, number, number]
  /** CT number of that voxel as stored; null outside the scan, where nothing was measured or not yet read. */
  readonly hu: number | null
}

/** What the primary button and Enter do in the picture. */
export type PointerTask =
  /** Moves the crosshair; shapes under the pointer are selected and dragged. */
  | { readonly kind: 'browse' }
  /** Every click asks for a point (a seed, a rod); `label` is said beside the pointer and to screen readers. */
  | { readonly kind: 'pick'; readonly label: string }
  /** Dragging changes the grey window. */
  | { readonly kind: 'window' }
  /** Dragging moves the picture. */
  | { readonly kind: 'pan' }

/** Where a viewport's camera stands. */
export interface ViewportCamera {
  /** The point of the plane at the centre of the picture. */
  readonly center: LpsPoint
  /** Length of the patient from the picture's top to its bottom, in mm. */
  readonly heightMm: number
}

/** A part of the patient that a straight plane comes nearer to. */
export interface PictureFocus extends ViewportCamera {
  /** What is looked at; the picture moves only when it changes. */
  readonly name: string
}

/** Another picture's plane, shown as the line in which it crosses this one. */
export interface ReferencePlane {
  readonly id: string
  readonly label: string
  readonly center: LpsPoint
  /** Unit normal. */
  readonly normal: LpsVector
}

/** One picture: what it shows, and what is told when a hand changes something. It holds no exam state. */
export interface ViewportProps {
  /** Unique among the viewports on the page. */
  readonly id: string
  readonly volume: ViewportVolume
  readonly plane: ViewportPlane
  /** The point through which all straight planes pass. */
  readonly crosshair: LpsPoint
  readonly window: GreyWindow
  /** Thickness over which CT numbers are averaged, in mm; 0 for a single plane. */
  readonly slabMm: number
  readonly shapes: readonly OverlayShape[]
  readonly selectedShapeId: string | null
  readonly task: PointerTask
  readonly showsCrosshair: boolean
  readonly referencePlanes?: readonly ReferencePlane[]
  /** For an oblique plane: what is seen of the patient from top to bottom after fitting, in mm; left out: all of it. */
  readonly fitHeightMm?: number
  /**
   * For a straight plane: what it comes nearer to, once, whenever another name is given. A zoom of the reader's is
   * kept and only moved there. Left out: the whole plane is shown.
   */
  readonly focus?: PictureFocus
  readonly isMaximised: boolean
  readonly onCrosshair: (at: LpsPoint) => void
  readonly onWindow: (window: GreyWindow) => void
  readonly onSlab: (slabMm: number) => void
  readonly onSelectShape: (id: string | null) => void
  readonly onEditShape: (edit: ShapeEdit, phase: EditPhase) => void
  /** A click or Enter under the task `pick`. */
  readonly onPick: (at: LpsPoint) => void
  readonly onPointer: (sample: PointerSample | null) => void
  /** Double click, or the key M. */
  readonly onMaximise: () => void
  /**
   * Scrolling of an oblique plane: how far along its normal, in mm. Straight planes scroll by moving the crosshair.
   * Left out: an oblique plane stays where it is.
   */
  readonly onObliqueScroll?: (byMm: number) => void
}

/** What a page can ask of a viewport by its ref. */
export interface ViewportHandle {
  /** Shows the whole plane. */
  fit(): void
  /** Above 1 comes nearer. */
  zoomBy(factor: number): void
  /** Moves the picture by CSS pixels. */
  panBy(right: number, down: number): void
  camera(): ViewportCamera | null
  setCamera(camera: ViewportCamera): void
  /** CSS pixels from the viewport's upper left corner; null before the first picture. */
  toPixels(at: LpsPoint): readonly [number, number] | null
  focus(): void
}
