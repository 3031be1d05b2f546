import type { PixelPoint } from './pictureCamera.ts'
import type { ShapeSketch } from './shapeSketch.ts'
import type { VoiHandle } from './voiHandles.ts'

/** What lies under the pointer. */
export type Hit =
  | { readonly kind: 'handle'; readonly handle: VoiHandle }
  | { readonly kind: 'shape'; readonly id: string }

/** How near a pointer must come, in CSS pixels; a finger is not a mouse. */
export const GRASP_PIXELS = { mouse: 9, pen: 12, touch: 22 } as const

const gap = (a: PixelPoint, b: PixelPoint) => Math.hypot(a[0] - b[0], a[1] - b[1])

function gapToSegment(point: PixelPoint, a: PixelPoint, b: PixelPoint): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared
  const kept = Math.min(1, Math.max(0, share))
  return gap(point, [a[0] + kept * dx, a[1] + kept * dy])
}

function isInside(point: PixelPoint, polygon: readonly PixelPoint[]): boolean {
  let inside = false
  polygon.forEach((a, index) => {
    const b = polygon[(index + polygon.length - 1) % polygon.length]!
    if (a[1] > point[1] === b[1] > point[1]) return
    if (point[0] < a[0] + ((point[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside
  })
  return inside
}

/** How far a pointer is from a shape as it is seen; 0 inside a closed outline. */
export function gapToSketch(point: PixelPoint, sketch: ShapeSketch): number {
  const gaps = sketch.outlines.map(({ points, isClosed }) => {
    if (isClosed && isInside(point, points)) return 0
    const segments = points.map((a, index) => [a, points[index + 1] ?? points[0]!] as const)
    const drawn = isClosed ? segments : segments.slice(0, -1)
    return Math.min(...drawn.map(([a, b]) => gapToSegment(point, a, b)))
  })
  if (sketch.mark) gaps.push(gap(point, sketch.mark))
  return Math.min(...gaps)
}

/**
 * What a pointer grasps: a handle before a shape, the selected shape before others, then the nearest.
 *
 * Shapes that cannot be moved (walls, endplates) let the pointer through.
 */
export function hitTest(
  point: PixelPoint,
  sketches: readonly ShapeSketch[],
  handles: readonly VoiHandle[],
  selectedId: string | null,
  grasp: number,
): Hit | null {
  const nearest = handles
    .map((handle) => ({ handle, gap: gap(point, handle.at) }))
    .filter((candidate) => candidate.gap <= grasp)
    .sort((a, b) => a.gap - b.gap)[0]
  if (nearest) return { kind: 'handle', handle: nearest.handle }
  const shapes = sketches
    .filter(({ shape }) => shape.kind !== 'wall' && shape.kind !== 'endplate')
    .map((sketch) => ({ id: sketch.shape.id, gap: gapToSketch(point, sketch) }))
    .filter((candidate) => candidate.gap <= grasp)
    .sort((a, b) => Number(b.id === selectedId) - Number(a.id === selectedId) || a.gap - b.gap)
  return shapes[0] ? { kind: 'shape', id: shapes[0].id } : null
}
