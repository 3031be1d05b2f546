import { displacement, translate } from '../../core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { OverlayShape, ShapeEdit } from './overlayShape.ts'
import { dropOnPlane, type PictureProjection, type PixelPoint } from './pictureCamera.ts'
import { angleOnScreen, moveVoi, reachAt, resizeVoi, sideReach, tiltVoi, turnVoi } from './voiEdit.ts'
import type { HandleTask } from './voiHandles.ts'

/** A drag that has begun: the shape as it was, what is held, and where the pointer went down. */
export interface ShapeDrag {
  readonly shape: OverlayShape
  /** The handle that is held; null when the shape itself is. */
  readonly task: HandleTask | null
  readonly from: PixelPoint
}

function dragVoi(
  voi: EllipticalCylinder,
  task: HandleTask,
  projection: PictureProjection,
  from: PixelPoint,
  to: PixelPoint,
): EllipticalCylinder {
  const { frame } = projection
  const [start, now] = [projection.toLps(from), projection.toLps(to)]
  if (task.kind === 'resize') {
    // Relative to where the handle was grasped, so that nothing jumps by the width of the grasp.
    const { side } = task
    const grown = reachAt(voi, side, now, frame) - reachAt(voi, side, start, frame)
    return resizeVoi(voi, side, sideReach(voi, side) + grown)
  }
  const center = dropOnPlane(voi.center, projection.center, frame.normal)
  const angle = angleOnScreen(center, start, now, frame)
  if (task.kind === 'tilt') return tiltVoi(voi, frame, angle)
  // The angle on screen is about the picture's normal; the VOI's own may point the other way.
  const isFacing = voi.normal.reduce((sum, x, axis) => sum + x * frame.normal[axis]!, 0) > 0
  return turnVoi(voi, isFacing ? angle : -angle)
}

/** The edit that a drag amounts to when the pointer is at `to`; always from the shape as it was, so nothing adds up. */
export function dragShape(drag: ShapeDrag, projection: PictureProjection, to: PixelPoint): ShapeEdit | null {
  const { shape, task, from } = drag
  const by = displacement(projection.toLps(from), projection.toLps(to))
  switch (shape.kind) {
    case 'voi': {
      if (task === null) return { kind: 'voi', id: shape.id, edit: 'move', voi: moveVoi(shape.voi, by) }
      const isHeight = task.kind === 'resize' && task.side === 'height'
      const voi = dragVoi(shape.voi, task, projection, from, to)
      return { kind: 'voi', id: shape.id, edit: isHeight ? 'height' : task.kind, voi }
    }
    case 'rod':
    case 'tissue':
      return { kind: shape.kind, id: shape.id, edit: 'move', center: translate(shape.center, by) }
    case 'seed':
      return { kind: 'seed', id: shape.id, edit: 'move', at: translate(shape.at, by) }
    default:
      return null
  }
}

/** The edit that leaves a shape as it is: sent when a drag is taken back. */
export function unchangedShape(shape: OverlayShape): ShapeEdit | null {
  if (shape.kind === 'voi') return { kind: 'voi', id: shape.id, edit: 'move', voi: shape.voi }
  if (shape.kind === 'rod' || shape.kind === 'tissue')
    return { kind: shape.kind, id: shape.id, edit: 'move', center: shape.center }
  if (shape.kind === 'seed') return { kind: 'seed', id: shape.id, edit: 'move', at: shape.at }
  return null
}
