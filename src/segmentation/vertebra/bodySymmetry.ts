/** The mid-line of a body in a section: it passes through (u, v) and leans by `turn` (radians) from v towards u. */
export interface MidLine {
  readonly u: number
  readonly v: number
  readonly turn: number
  /** Mean difference of left and right wall about this line, in mm. */
  readonly difference: number
}

/** Distance of the outline from its middle by angle, looked up on a fine circle. */
function radialTable(points: readonly (readonly [number, number])[], u: number, v: number): Float64Array {
  const table = new Float64Array(360).fill(Number.NaN)
  const n = points.length
  for (let index = 0; index < n; index++) {
    const [ax, ay] = points[index]!
    const [bx, by] = points[(index + 1) % n]!
    for (let part = 0; part < 12; part++) {
      const x = ax + ((bx - ax) * part) / 12 - u
      const y = ay + ((by - ay) * part) / 12 - v
      const degree = Math.round((Math.atan2(y, x) * 180) / Math.PI + 360) % 360
      table[degree] = Math.hypot(x, y)
    }
  }
  for (let round = 0; round < 4; round++) {
    for (let degree = 0; degree < 360; degree++) {
      if (Number.isNaN(table[degree]!)) table[degree] = table[(degree + 359) % 360]!
    }
  }
  return table
}

/** Centre of the area inside a closed outline. */
export function areaCentre(points: readonly (readonly [number, number])[]): readonly [number, number] {
  let [area, x, y] = [0, 0, 0]
  for (let index = 0; index < points.length; index++) {
    const [ax, ay] = points[index]!
    const [bx, by] = points[(index + 1) % points.length]!
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x / (3 * area), y / (3 * area)]
}

/** How much the canal's middle off the mid-line counts against the walls: squared mm per squared mm. */
const CANAL_WEIGHT = 0.15
const LARGEST_TURN_DEGREES = 25

/**
 * The line about which a body's outline is most nearly its own mirror image, with the canal's middle on it.
 *
 * @param points - The outline.
 * @param canal - Middle of the canal in the same section.
 */
export function findMidLine(
  points: readonly (readonly [number, number])[],
  canal: readonly [number, number],
): MidLine {
  const [u, v] = areaCentre(points)
  const table = radialTable(points, u, v)
  const radiusAt = (degree: number) => {
    const around = ((degree % 360) + 360) % 360
    const whole = Math.floor(around)
    const part = around - whole
    return table[whole]! + part * (table[(whole + 1) % 360]! - table[whole]!)
  }
  let best = { cost: Infinity, turn: 0, difference: 0 }
  const costs: number[] = []
  for (let turn = -LARGEST_TURN_DEGREES; turn <= LARGEST_TURN_DEGREES; turn++) {
    let squares = 0
    for (let off = 2; off < 180; off += 4) {
      // The line points to 90° − turn: equal distances to either side of it.
      squares += (radiusAt(90 - turn + off) - radiusAt(90 - turn - off)) ** 2 / 45
    }
    const angle = (turn * Math.PI) / 180
    const canalOff = (canal[0] - u) * Math.cos(angle) - (canal[1] - v) * Math.sin(angle)
    const cost = squares + CANAL_WEIGHT * canalOff ** 2
    costs.push(cost)
    if (cost < best.cost) best = { cost, turn, difference: Math.sqrt(squares) }
  }
  const index = best.turn + LARGEST_TURN_DEGREES
  let turn = best.turn
  const [before, after] = [costs[index - 1], costs[index + 1]]
  if (before !== undefined && after !== undefined && before + after > 2 * best.cost) {
    turn += (0.5 * (before - after)) / (before + after - 2 * best.cost)
  }
  return { u, v, turn: (turn * Math.PI) / 180, difference: best.difference }
}
