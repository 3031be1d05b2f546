import { type LpsPoint, type LpsVector, lpsPoint } from '../../core/geometry/lps.ts'
import { displacement, dot, translate } from '../../core/geometry/vector.ts'
import { toLps, type VolumeGeometry } from '../../core/geometry/volumeGeometry.ts'
import type { PlaneFrame } from './viewportPlane.ts'
import type { ViewportCamera } from './viewportProps.ts'

/** A position in a picture: CSS pixels to the right of and below its upper left corner. */
export type PixelPoint = readonly [number, number]

/** Width and height of a picture in CSS pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** The way between the patient's world and one picture. Lengths in mm and CSS pixels. */
export interface PictureProjection {
  readonly frame: PlaneFrame
  readonly size: PictureSize
  /** The point of the shown plane at the picture's centre. */
  readonly center: LpsPoint
  readonly mmPerPixel: number
  /** Where a point is seen; its distance from the plane is lost. */
  toPixels(at: LpsPoint): PixelPoint
  /** The point of the plane under a position. */
  toLps(pixel: PixelPoint): LpsPoint
  /** How far a point lies behind the plane, away from the viewer, in mm. */
  depth(at: LpsPoint): number
  /** A displacement of so many pixels to the right and down, in the plane. */
  along(right: number, down: number): LpsVector
}

/** A picture never shows less or more of the patient than this from top to bottom, in mm. */
const HEIGHT_LIMITS_MM = [4, 4000] as const
/** Empty border around a fitted plane, as a share of the picture. */
const FIT_MARGIN = 0.02

/** The point of the plane through `onPlane` that lies nearest to `point`. */
export const dropOnPlane = (point: LpsPoint, onPlane: LpsPoint, normal: LpsVector): LpsPoint =>
  translate(point, normal, dot(displacement(point, onPlane), normal))

/**
 * Makes the projection of a picture.
 *
 * It is our own, not the graphics library's: overlay, hit-testing and tests stand on it without a canvas, and a
 * browser test holds the two against each other.
 *
 * @param onPlane - Any point of the shown plane.
 */
export function projectPicture(
  frame: PlaneFrame,
  camera: ViewportCamera,
  onPlane: LpsPoint,
  size: PictureSize,
): PictureProjection {
  const { right, up, normal } = frame
  const center = dropOnPlane(camera.center, onPlane, normal)
  const mmPerPixel = camera.heightMm / Math.max(1, size.height)
  const along = (x: number, y: number) => {
    const [a, b] = [x * mmPerPixel, -y * mmPerPixel]
    return lpsPoint(
      right[0] * a + up[0] * b,
      right[1] * a + up[1] * b,
      right[2] * a + up[2] * b,
    ) as unknown as LpsVector
  }
  return {
    frame,
    size,
    center,
    mmPerPixel,
    along,
    toPixels: (at) => {
      const from = displacement(center, at)
      return [size.width / 2 + dot(from, right) / mmPerPixel, size.height / 2 - dot(from, up) / mmPerPixel]
    },
    toLps: ([x, y]) => translate(center, along(x - size.width / 2, y - size.height / 2)),
    depth: (at) => dot(displacement(center, at), normal),
  }
}

/** The eight outer corners of a grid's voxels. */
export function gridCorners(geometry: VolumeGeometry): LpsPoint[] {
  const [ni, nj, nk] = geometry.size
  const ends = [
    [-0.5, ni - 0.5],
    [-0.5, nj - 0.5],
    [-0.5, nk - 0.5],
  ] as const
  return [0, 1, 2, 3, 4, 5, 6, 7].map((corner) =>
    toLps(geometry, [
      ends[0][corner & 1]!,
      ends[1][(corner >> 1) & 1]!,
      ends[2][corner >> 2]!,
    ] as unknown as Parameters<typeof toLps>[1]),
  )
}

/** The camera that shows the whole grid in a plane, or `heightMm` around `focus` when given. */
export function fitCamera(
  geometry: VolumeGeometry,
  frame: PlaneFrame,
  size: PictureSize,
  focus?: { readonly center: LpsPoint; readonly heightMm: number },
): ViewportCamera {
  if (focus) return limitCamera({ center: focus.center, heightMm: focus.heightMm })
  const corners = gridCorners(geometry)
  const first = corners[0]!
  const extent = (direction: LpsVector) => {
    const along = corners.map((corner) => dot(displacement(first, corner), direction))
    const [low, high] = [Math.min(...along), Math.max(...along)]
    return { length: high - low, middle: (low + high) / 2 }
  }
  const [across, upward] = [extent(frame.right), extent(frame.up)]
  const aspect = size.width / Math.max(1, size.height)
  const heightMm = Math.max(upward.length, across.length / aspect) * (1 + 2 * FIT_MARGIN)
  const center = translate(translate(first, frame.right, across.middle), frame.up, upward.middle)
  return limitCamera({ center, heightMm })
}

/** The camera that looks at `focus`, at the zoom the reader has chosen, if one was. */
export const focusCamera = (focus: ViewportCamera, kept: ViewportCamera | null): ViewportCamera =>
  limitCamera({ center: focus.center, heightMm: kept?.heightMm ?? focus.heightMm })

const limitCamera = ({ center, heightMm }: ViewportCamera): ViewportCamera => ({
  center,
  heightMm: Math.min(HEIGHT_LIMITS_MM[1], Math.max(HEIGHT_LIMITS_MM[0], heightMm)),
})

/** Comes nearer by `factor` while the point under `pixel` stays where it is. */
export function zoomAt(projection: PictureProjection, pixel: PixelPoint, factor: number): ViewportCamera {
  const { size, mmPerPixel, center } = projection
  const wanted = limitCamera({ center, heightMm: (mmPerPixel * size.height) / factor })
  const kept = 1 - wanted.heightMm / (mmPerPixel * size.height)
  const toPixel = projection.along(pixel[0] - size.width / 2, pixel[1] - size.height / 2)
  return { center: translate(center, toPixel, kept), heightMm: wanted.heightMm }
}

/** Moves the picture with the hand: `right` and `down` in CSS pixels. */
export function panBy(projection: PictureProjection, right: number, down: number): ViewportCamera {
  const { center, mmPerPixel, size } = projection
  return { center: translate(center, projection.along(-right, -down)), heightMm: mmPerPixel * size.height }
}
