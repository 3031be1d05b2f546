/**
 * Area enclosed by a polygon of corners (x0, y0, x1, y1, …) by the shoelace formula, not negative. For a polygon
 * that crosses itself it is the net area of the turns, not the even-odd area.
 */
export function polygonArea(corners: Float64Array): number {
  const n = corners.length
  let twice = 0
  for (let index = 0, previous = n - 2; index < n; previous = index, index += 2) {
    twice += corners[previous]! * corners[index + 1]! - corners[index]! * corners[previous + 1]!
  }
  return Math.abs(twice) / 2
}

/**
 * Whether (x, y) lies in a polygon by the even-odd rule, or within `tolerance` of its outline.
 *
 * The outline is tested by distance first: the crossing count alone would give a point on an edge to one side or
 * the other, depending on how the axes run.
 */
export function polygonContains(corners: Float64Array, x: number, y: number, tolerance: number): boolean {
  let inside = false
  const n = corners.length
  for (let index = 0, previous = n - 2; index < n; previous = index, index += 2) {
    const ax = corners[previous]!
    const ay = corners[previous + 1]!
    const dx = corners[index]! - ax
    const dy = corners[index + 1]! - ay
    const squared = dx * dx + dy * dy
    const along = squared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squared
    const nearest = Math.max(0, Math.min(1, along))
    const offX = x - ax - nearest * dx
    const offY = y - ay - nearest * dy
    if (offX * offX + offY * offY <= tolerance * tolerance) return true
    if (ay > y !== ay + dy > y && x < ax + ((y - ay) / dy) * dx) inside = !inside
  }
  return inside
}
