import type { LpsPoint } from '../../core/geometry/lps.ts'
import type { OverlayShape, ShapeEdit } from './overlayShape.ts'
import type { PictureProjection } from './pictureCamera.ts'
import { type ShapeSketch, sketchShape } from './shapeSketch.ts'
import type { ObliquePlane, ViewportPlane } from './viewportPlane.ts'
import { type VoiHandle, voiHandles } from './voiHandles.ts'

/** What is drawn over a picture at this moment. */
export interface PictureScene {
  readonly sketches: readonly ShapeSketch[]
  readonly handles: readonly VoiHandle[]
}

/** Between the handles for size and turning, and on the crosshair's line, a label would not be read: it stands above. */
const LABEL_LIFT_PIXELS = 14

/** A shape with an edit applied that its owner has not confirmed yet. */
export function editedShape(shape: OverlayShape, edit: ShapeEdit | null): OverlayShape {
  if (edit === null || edit.id !== shape.id || edit.kind !== shape.kind) return shape
  if (shape.kind === 'voi' && edit.kind === 'voi') return { ...shape, voi: edit.voi }
  if ((shape.kind === 'rod' || shape.kind === 'tissue') && edit.kind === shape.kind)
    return { ...shape, center: edit.center }
  if (shape.kind === 'seed' && edit.kind === 'seed') return { ...shape, at: edit.at }
  return shape
}

/** The shapes as seen in a picture, and the handles of the selected one where it may be edited. */
export function composeScene(
  shapes: readonly OverlayShape[],
  selectedId: string | null,
  projection: PictureProjection,
): PictureScene {
  const sketches = shapes
    .map((shape) => sketchShape(shape, projection))
    .filter((sketch) => sketch !== null)
    // The selected shape is drawn last, above the others.
    .sort((a, b) => Number(a.shape.id === selectedId) - Number(b.shape.id === selectedId))
  const selected = sketches.find(({ shape }) => shape.id === selectedId)?.shape
  const hasHandles = selected?.kind === 'voi' && selected.isEditable
  const handles = hasHandles ? voiHandles(selected.voi, projection) : []
  if (handles.length === 0) return { sketches, handles }
  const lifted = sketches.map((sketch) =>
    sketch.shape === selected
      ? { ...sketch, labelAt: [sketch.labelAt[0], sketch.labelAt[1] - LABEL_LIFT_PIXELS] as const }
      : sketch,
  )
  return { sketches: lifted, handles }
}

/** The point through which a viewport's plane passes. */
export const planePoint = (plane: ViewportPlane, crosshair: LpsPoint): LpsPoint =>
  plane.kind === 'oblique' ? (plane as ObliquePlane).center : crosshair
