import { type Hit, hitTest } from './hitTest.ts'
import type { OverlayShape } from './overlayShape.ts'
import type { PictureProjection, PixelPoint } from './pictureCamera.ts'
import type { PictureScene } from './pictureScene.ts'
import type { ShapeDrag } from './shapeDrag.ts'
import type { GreyWindow, PointerTask } from './viewportProps.ts'

/** What a pressed pointer does until it is let go. */
export type Gesture =
  | { readonly kind: 'crosshair' }
  | { readonly kind: 'pick'; readonly from: PixelPoint }
  | { readonly kind: 'pan'; readonly last: PixelPoint }
  | { readonly kind: 'window'; readonly from: PixelPoint; readonly start: GreyWindow }
  /** The projection is the one at the start: a picture that follows its own VOI must not feed back into the drag. */
  | { readonly kind: 'shape'; readonly drag: ShapeDrag; readonly projection: PictureProjection }

/** The facts of a press that decide the gesture. */
export interface Press {
  readonly at: PixelPoint
  /** As in `MouseEvent.button`. */
  readonly button: number
  readonly shiftKey: boolean
  readonly grasp: number
}

/** What lies under a pointer in the task `browse`. */
export function hitInScene(scene: PictureScene, at: PixelPoint, selectedId: string | null, grasp: number) {
  return hitTest(at, scene.sketches, scene.handles, selectedId, grasp)
}

/**
 * The gesture that a press begins: middle button or Shift pans, right button changes the window, and the primary
 * button does the task; when browsing, what is under the pointer goes before the crosshair.
 */
export function beginGesture(
  press: Press,
  task: PointerTask,
  window: GreyWindow,
  hit: Hit | null,
  shapes: readonly OverlayShape[],
  selectedId: string | null,
  projection: PictureProjection,
): Gesture | null {
  const { at, button, shiftKey } = press
  if (button === 1 || (button === 0 && shiftKey)) return { kind: 'pan', last: at }
  if (button === 2) return { kind: 'window', from: at, start: window }
  if (button !== 0) return null
  if (task.kind === 'pick') return { kind: 'pick', from: at }
  if (task.kind === 'pan') return { kind: 'pan', last: at }
  if (task.kind === 'window') return { kind: 'window', from: at, start: window }
  if (hit === null) return { kind: 'crosshair' }
  const id = hit.kind === 'shape' ? hit.id : selectedId
  const shape = shapes.find((candidate) => candidate.id === id)
  if (!shape?.isEditable) return { kind: 'crosshair' }
  const handle = hit.kind === 'handle' ? hit.handle.task : null
  return { kind: 'shape', drag: { shape, task: handle, from: at }, projection }
}

/** HU per CSS pixel of dragging, as a share of the window's width: wide windows move faster. */
const WINDOW_PER_PIXEL = 1 / 250

/** The window after a drag: to the right wider, upwards brighter (a lower centre). */
export function dragWindow(start: GreyWindow, from: PixelPoint, to: PixelPoint): GreyWindow {
  const step = Math.max(0.2, start.width * WINDOW_PER_PIXEL)
  const width = Math.min(8000, Math.max(1, start.width + (to[0] - from[0]) * step))
  const center = Math.min(5000, Math.max(-2000, start.center + (to[1] - from[1]) * step))
  return { center, width }
}
