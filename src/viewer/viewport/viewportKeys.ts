import type { LpsVector } from '../../core/geometry/lps.ts'
import { translate } from '../../core/geometry/vector.ts'
import type { OverlayShape, ShapeEdit } from './overlayShape.ts'
import type { PlaneFrame } from './viewportPlane.ts'
import { moveVoi, resizeVoi, sideReach, tiltVoi, turnVoi, type VoiSide } from './voiEdit.ts'

/** The parts of a keyboard event that say what was pressed. */
export interface PressedKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** What a key asks of a viewport that has the focus. */
export type KeyCommand =
  | { readonly kind: 'scroll'; readonly steps: number }
  /** Right and up, in mm. */
  | { readonly kind: 'crosshair'; readonly right: number; readonly up: number }
  | { readonly kind: 'nudge'; readonly right: number; readonly up: number }
  | { readonly kind: 'resize'; readonly side: VoiSide; readonly by: number }
  /** Degrees, clockwise on screen. */
  | { readonly kind: 'tilt'; readonly by: number }
  | { readonly kind: 'turn'; readonly by: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'slab'; readonly by: number }
  | { readonly kind: 'fit' | 'maximise' | 'nextShape' | 'cancel' | 'pick' }

/** Steps of one key press, in mm and degrees; Shift makes them five times as large. */
const NUDGE_MM = 0.5
const CROSSHAIR_MM = 1
const TILT_DEGREES = 1
const SLAB_MM = 1
const ZOOM_FACTOR = 1.25

const arrows: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

const sizes: Readonly<Record<string, readonly [side: VoiSide, sign: 1 | -1]>> = {
  '[': ['lateral', -1],
  ']': ['lateral', 1],
  '{': ['depth', -1],
  '}': ['depth', 1],
  '(': ['height', -1],
  ')': ['height', 1],
}

/**
 * What a key asks for, or nothing when it is not the viewport's.
 *
 * Arrows move the selected shape; without one they scroll (up, down), and where a point is asked for, or with Alt,
 * they move the crosshair, on which Enter then picks.
 */
export function commandOfKey(
  pressed: PressedKey,
  hasShape: boolean,
  isPicking: boolean,
): KeyCommand | undefined {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = pressed
  if (ctrlKey || metaKey) return undefined
  const coarse = shiftKey ? 5 : 1
  const arrow = arrows[key]
  if (arrow) {
    const [right, up] = arrow
    if (hasShape && !isPicking && !altKey)
      return { kind: 'nudge', right: right * NUDGE_MM * coarse, up: up * NUDGE_MM * coarse }
    if (isPicking || altKey || right !== 0)
      return { kind: 'crosshair', right: right * CROSSHAIR_MM * coarse, up: up * CROSSHAIR_MM * coarse }
    return { kind: 'scroll', steps: up * coarse }
  }
  if (altKey) return undefined
  const size = sizes[key]
  if (size) return hasShape ? { kind: 'resize', side: size[0], by: size[1] * NUDGE_MM } : undefined
  switch (key) {
    case 'PageUp':
      return { kind: 'scroll', steps: coarse }
    case 'PageDown':
      return { kind: 'scroll', steps: -coarse }
    case ',':
    case '.':
      return hasShape ? { kind: 'tilt', by: key === '.' ? TILT_DEGREES : -TILT_DEGREES } : undefined
    case '<':
    case '>':
      return hasShape ? { kind: 'turn', by: key === '>' ? TILT_DEGREES : -TILT_DEGREES } : undefined
    case '+':
    case '=':
      return { kind: 'zoom', factor: ZOOM_FACTOR }
    case '-':
      return { kind: 'zoom', factor: 1 / ZOOM_FACTOR }
    case 't':
      return { kind: 'slab', by: SLAB_MM }
    case 'T':
      return { kind: 'slab', by: -SLAB_MM }
    case 'f':
      return { kind: 'fit' }
    case 'm':
      return { kind: 'maximise' }
    case 'n':
      return { kind: 'nextShape' }
    case 'Escape':
      return { kind: 'cancel' }
    case 'Enter':
      return isPicking ? { kind: 'pick' } : undefined
    default:
      return undefined
  }
}

const RADIANS = Math.PI / 180

/** The displacement so many mm to the right and up in a picture. */
export const screenward = ({ right, up }: PlaneFrame, toRight: number, upward: number): LpsVector =>
  right.map((x, axis) => x * toRight + up[axis]! * upward) as unknown as LpsVector

/** The edit that a key makes of the selected shape; nothing for keys that edit none. */
export function editByKey(shape: OverlayShape, command: KeyCommand, frame: PlaneFrame): ShapeEdit | null {
  if (command.kind === 'nudge') {
    const by = screenward(frame, command.right, command.up)
    if (shape.kind === 'voi') return { kind: 'voi', id: shape.id, edit: 'move', voi: moveVoi(shape.voi, by) }
    if (shape.kind === 'rod' || shape.kind === 'tissue')
      return { kind: shape.kind, id: shape.id, edit: 'move', center: translate(shape.center, by) }
    if (shape.kind === 'seed')
      return { kind: 'seed', id: shape.id, edit: 'move', at: translate(shape.at, by) }
    return null
  }
  if (shape.kind !== 'voi') return null
  const { voi, id } = shape
  if (command.kind === 'resize') {
    const { side, by } = command
    const edit = side === 'height' ? 'height' : 'resize'
    return { kind: 'voi', id, edit, voi: resizeVoi(voi, side, sideReach(voi, side) + by) }
  }
  if (command.kind === 'tilt')
    return { kind: 'voi', id, edit: 'tilt', voi: tiltVoi(voi, frame, command.by * RADIANS) }
  if (command.kind === 'turn')
    return { kind: 'voi', id, edit: 'turn', voi: turnVoi(voi, command.by * RADIANS) }
  return null
}
