import { type PlaneImage, valueAt } from './planeImage.ts'

/** What reads less is air or was not measured, HU. */
const AIR = -500

/** Whether a place reaches beyond the picture. */
function isBeyondPicture(image: PlaneImage, x: number, y: number, reach: number): boolean {
  const [right, below] = farCorner(image)
  return x - reach < image.origin[0] || y - reach < image.origin[1] || x + reach > right || y + reach > below
}

const farCorner = ({ origin, spacing, columns, rows }: PlaneImage) =>
  [origin[0] + (columns - 1) * spacing[0], origin[1] + (rows - 1) * spacing[1]] as const

/** Width and height of a whole field are the same to within this share; else the picture is a part of one. */
const SQUARE = 0.02

/** Whether a place reaches beyond the circle that the scanner measured, inscribed in a whole picture, and reads air there. */
function isBeyondCircle(image: PlaneImage, x: number, y: number, reach: number): boolean {
  const [right, below] = farCorner(image)
  const [cx, cy] = [(image.origin[0] + right) / 2, (image.origin[1] + below) / 2]
  if (Math.abs(right - cx - (below - cy)) > SQUARE * (right - cx)) return false
  const away = Math.hypot(x - cx, y - cy)
  if (away + reach < Math.min(right - cx, below - cy)) return false
  const outermost = valueAt(image, x + (reach * (x - cx)) / away, y + (reach * (y - cy)) / away)
  return !(outermost > AIR)
}

/**
 * Whether a place of some reach (mm) lies partly beyond what was measured: beyond the picture, or, in a whole field, beyond
 * the circle inscribed in it, where it reads air.
 */
export const isBeyondField = (image: PlaneImage, x: number, y: number, reach: number): boolean =>
  isBeyondPicture(image, x, y, reach) || isBeyondCircle(image, x, y, reach)
