import type { SpineCourse } from './spineCourse.ts'
import { isWithin, SEARCH_WINDOWS } from './tissueWindows.ts'
import type { TrunkGrid } from './trunkGrid.ts'

/** Rays of one slice: where fat lies under free skin. */
export interface SkinRay {
  /** LPS of the middle of the fat layer along the ray. */
  readonly x: number
  readonly y: number
  /** Length of the ray in the fat, in mm; 0 where there is none under free skin. */
  readonly thickness: number
}

/** Rays leave the spine every 4°. */
export const RAYS = 90
const STEP_MM = 1.5
/**
 * What must lie before the skin to the edge of the field: air or cloth, at least so many mm. A table, a pad, a phantom
 * or an arm makes the ray useless.
 */
const FREE_MM = 15
/** How deep under its outermost point skin may reach until fat begins, in mm, blur of the copy included. */
const SKIN_MM = 9
/** The fat layer of one ray is followed no deeper than this, in mm. */
const DEEPEST_MM = 150

const NO_FAT: SkinRay = { x: 0, y: 0, thickness: 0 }

/** Follows one ray from the edge of the field inwards: air, skin, fat, and lean tissue behind it. */
function followRay(
  grid: TrunkGrid,
  external: Uint8Array,
  k: number,
  from: { readonly x: number; readonly y: number },
  direction: readonly [number, number],
): SkinRay {
  const { size, step, origin, hu } = grid
  const [ni, nj] = size
  const nodes: number[] = []
  for (let r = 0; ; r += STEP_MM) {
    const i = Math.round((from.x + r * direction[0] - origin[0]) / step)
    const j = Math.round((from.y + r * direction[1] - origin[1]) / step)
    if (i < 0 || j < 0 || i >= ni || j >= nj) break
    nodes.push(i + ni * (j + nj * k))
  }
  let at = nodes.length - 1
  while (at >= 0 && Number.isNaN(hu[nodes[at]!]!)) at--
  const edge = at
  while (at >= 0 && external[nodes[at]!] === 1) at--
  if ((edge - at) * STEP_MM < FREE_MM || at < 0) return NO_FAT
  const skin = at
  while (at >= 0 && (skin - at) * STEP_MM < SKIN_MM && !isWithin(hu[nodes[at]!]!, SEARCH_WINDOWS.adipose))
    at--
  const outer = at
  while (at >= 0 && isWithin(hu[nodes[at]!]!, SEARCH_WINDOWS.adipose)) at--
  const thickness = (outer - at) * STEP_MM
  if (at < 0 || thickness > DEEPEST_MM || !(hu[nodes[at]!]! >= SEARCH_WINDOWS.adipose[1])) return NO_FAT
  // An arm: there is air between it and the trunk.
  for (let inner = at; inner >= 0; inner--) if (external[nodes[inner]!] === 1) return NO_FAT
  const middle = ((outer + at + 1) / 2) * STEP_MM
  return { x: from.x + middle * direction[0], y: from.y + middle * direction[1], thickness }
}

/** Direction of ray n in the slice: ray 0 to the left, then over the back to the right. */
export function rayDirection(n: number): readonly [number, number] {
  const angle = (2 * Math.PI * n) / RAYS
  return [Math.cos(angle), Math.sin(angle)]
}

/** The fat under free skin along all rays of every slice: slice k, ray n at n + RAYS·k. */
export function skinRays(grid: TrunkGrid, external: Uint8Array, course: SpineCourse): SkinRay[] {
  const rays: SkinRay[] = []
  for (let k = 0; k < grid.size[2]; k++) {
    const from = course.at(grid.origin[2] + k * grid.step)
    for (let n = 0; n < RAYS; n++) rays.push(followRay(grid, external, k, from, rayDirection(n)))
  }
  return rays
}
