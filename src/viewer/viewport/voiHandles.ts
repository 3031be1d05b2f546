import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import { dot, length, reject, scale, translate } from '../../core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { PictureProjection, PixelPoint } from './pictureCamera.ts'
import { sideDirection, sideReach, type VoiSide } from './voiEdit.ts'

/** What a handle of a VOI does when it is dragged. */
export type HandleTask =
  | { readonly kind: 'resize'; readonly side: VoiSide }
  | { readonly kind: 'tilt' }
  | { readonly kind: 'turn' }

/** One handle of the selected VOI. */
export interface VoiHandle {
  /** Unique among the handles of one VOI, for example `lateral+`. */
  readonly id: string
  readonly task: HandleTask
  readonly at: PixelPoint
}

/** A direction gets handles where at least this share of it lies in the picture (sine of about 45°). */
const SEEN_SHARE = 0.7
/** A VOI seen smaller than this, in CSS pixels from its centre, would vanish under its handles: it is moved alone. */
const LEAST_REACH_PIXELS = 14
/** How far beyond the VOI the handles for tilt and turn stand, in CSS pixels. */
const ARM_PIXELS = 26

/**
 * The handles that make sense in a picture: sizes that are seen, tilt where the axis lies in the picture, and
 * turning where it stands on it.
 */
export function voiHandles(voi: EllipticalCylinder, projection: PictureProjection): VoiHandle[] {
  const { normal } = projection.frame
  const seen = (direction: LpsVector) => length(reject(direction, normal))
  const pixels = (direction: LpsVector, reach: number): LpsPoint => translate(voi.center, direction, reach)
  const handles: VoiHandle[] = []
  for (const side of ['lateral', 'depth', 'height'] as const) {
    const direction = sideDirection(voi, side)
    if (seen(direction) < SEEN_SHARE) continue
    for (const [sign, name] of [
      [1, '+'],
      [-1, '-'],
    ] as const) {
      const reach = sideReach(voi, side)
      if (reach < LEAST_REACH_PIXELS * projection.mmPerPixel) continue
      const at = projection.toPixels(pixels(direction, sign * reach))
      handles.push({ id: `${side}${name}`, task: { kind: 'resize', side }, at })
    }
  }
  const largest = Math.max(...voi.radii, voi.height / 2)
  if (largest < LEAST_REACH_PIXELS * projection.mmPerPixel) return handles
  const arm = (direction: LpsVector, reach: number): PixelPoint => {
    const flat = reject(direction, normal)
    const unit = scale(flat, 1 / length(flat))
    const beyond = translate(pixels(direction, reach), unit, ARM_PIXELS * projection.mmPerPixel)
    return projection.toPixels(beyond)
  }
  if (seen(voi.normal) >= SEEN_SHARE)
    handles.push({ id: 'tilt', task: { kind: 'tilt' }, at: arm(voi.normal, voi.height / 2) })
  if (Math.abs(dot(voi.normal, normal)) >= SEEN_SHARE)
    handles.push({ id: 'turn', task: { kind: 'turn' }, at: arm(voi.lateral, voi.radii[0]) })
  return handles
}
