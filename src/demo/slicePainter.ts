/** One axial slice of the exam in the making, in HU, before blur and noise. */
export interface SliceImage {
  readonly columns: number
  readonly rows: number
  /** Pixel distance in mm, and the place of the first pixel's centre (left, back). */
  readonly pixel: number
  readonly firstX: number
  readonly firstY: number
  readonly hu: Float32Array
}

/** Where a convex shape begins and ends along a line, in mm: low > high where the line misses it. */
export type Chord = (at: number, into: Float64Array) => void

/** Lines drawn per pixel row; with exact chords the coverage of a pixel is right to about 1/64. */
const LINES_PER_ROW = 4

/**
 * Paints a shape that every line parallel to one image axis meets in at most one piece, with area-weighted edges.
 *
 * @param along - The axis the chords run along: `x` for chords at given y, `y` for chords at given x.
 */
export function paintShape(
  image: SliceImage,
  along: 'x' | 'y',
  from: number,
  to: number,
  chord: Chord,
  value: number,
): void {
  const { hu, pixel, columns, rows } = image
  const horizontal = along === 'x'
  const [lineFirst, lineCount] = horizontal ? [image.firstY, rows] : [image.firstX, columns]
  const [cellFirst, cellCount] = horizontal ? [image.firstX, columns] : [image.firstY, rows]
  const [lineStep, cellStep] = horizontal ? [columns, 1] : [1, columns]
  const firstLine = Math.max(0, Math.floor((from - lineFirst) / pixel + 0.5))
  const lastLine = Math.min(lineCount - 1, Math.ceil((to - lineFirst) / pixel - 0.5))
  const ends = new Float64Array(2)
  const lows = new Float64Array(LINES_PER_ROW)
  const highs = new Float64Array(LINES_PER_ROW)
  for (let line = firstLine; line <= lastLine; line++) {
    let [outerLow, outerHigh, innerLow, innerHigh] = [Infinity, -Infinity, -Infinity, Infinity]
    for (let sub = 0; sub < LINES_PER_ROW; sub++) {
      chord(lineFirst + (line - 0.5 + (sub + 0.5) / LINES_PER_ROW) * pixel, ends)
      // in cells: cell c reaches from c to c + 1
      const low = (ends[0]! - cellFirst) / pixel + 0.5
      const high = (ends[1]! - cellFirst) / pixel + 0.5
      lows[sub] = low
      highs[sub] = high
      if (high > low) {
        if (low < outerLow) outerLow = low
        if (high > outerHigh) outerHigh = high
        if (low > innerLow) innerLow = low
        if (high < innerHigh) innerHigh = high
      } else {
        innerLow = Infinity
      }
    }
    if (!(outerHigh > outerLow)) continue
    const first = Math.max(0, Math.floor(outerLow))
    const last = Math.min(cellCount - 1, Math.ceil(outerHigh) - 1)
    const fullFirst = Math.ceil(innerLow)
    const fullLast = Math.floor(innerHigh) - 1
    for (let cell = first; cell <= last; cell++) {
      const at = line * lineStep + cell * cellStep
      if (cell >= fullFirst && cell <= fullLast) {
        const end = Math.min(last, fullLast)
        if (horizontal) hu.fill(value, at, line * lineStep + end + 1)
        else
          for (let inner = at; inner <= line * lineStep + end * cellStep; inner += cellStep) hu[inner] = value
        cell = end
        continue
      }
      let covered = 0
      for (let sub = 0; sub < LINES_PER_ROW; sub++) {
        const overlap = Math.min(highs[sub]!, cell + 1) - Math.max(lows[sub]!, cell)
        if (overlap > 0) covered += overlap
      }
      covered /= LINES_PER_ROW
      hu[at] = hu[at]! + (value - hu[at]!) * covered
    }
  }
}

/** An ellipse in a slice: half axes along directions turned by `angle` radians from left towards back. */
export interface Ellipse {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly angle?: number
}

/** The chords of an ellipse at given y. */
export function ellipseChord({ x, y, rx, ry, angle = 0 }: Ellipse): Chord {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const a = (c / rx) ** 2 + (s / ry) ** 2
  const b = c * s * (1 / rx ** 2 - 1 / ry ** 2)
  const d = (s / rx) ** 2 + (c / ry) ** 2
  return quadraticChord(x, y, a, b, d, 1)
}

/** The chords of { a·dx² + 2b·dx·dy + d·dy² ≤ limit } about (x, y). */
export function quadraticChord(x: number, y: number, a: number, b: number, d: number, limit: number): Chord {
  return (at, into) => {
    const dy = at - y
    const root = (b * dy) ** 2 - a * (d * dy * dy - limit)
    if (root <= 0) {
      into[0] = 1
      into[1] = 0
      return
    }
    const half = Math.sqrt(root) / a
    const middle = x - (b * dy) / a
    into[0] = middle - half
    into[1] = middle + half
  }
}

/** Paints an ellipse. */
export function paintEllipse(image: SliceImage, ellipse: Ellipse, value: number): void {
  const reach = Math.max(ellipse.rx, ellipse.ry)
  paintShape(image, 'x', ellipse.y - reach, ellipse.y + reach, ellipseChord(ellipse), value)
}

/** The part two convex shapes share. */
export function intersectChords(first: Chord, second: Chord): Chord {
  const other = new Float64Array(2)
  return (at, into) => {
    first(at, into)
    second(at, other)
    into[0] = Math.max(into[0]!, other[0]!)
    into[1] = Math.min(into[1]!, other[1]!)
  }
}

/** The chords of a convex polygon at given y; corners are (left, back) pairs in order. */
export function polygonChord(corners: readonly (readonly [number, number])[]): Chord {
  return (at, into) => {
    let [low, high] = [Infinity, -Infinity]
    for (let index = 0; index < corners.length; index++) {
      const [x1, y1] = corners[index]!
      const [x2, y2] = corners[(index + 1) % corners.length]!
      if (y1 > at === y2 > at) continue
      const x = x1 + ((at - y1) / (y2 - y1)) * (x2 - x1)
      if (x < low) low = x
      if (x > high) high = x
    }
    into[0] = low
    into[1] = high
  }
}
