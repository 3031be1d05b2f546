import { type PlacedPhantom, rodAt } from './phantomPlacement.ts'
import type { ScannerResponse } from './scannerResponse.ts'
import { paintShape, polygonChord, quadraticChord, type SliceImage } from './slicePainter.ts'

/** Radius of the holder's long edges, in mm. */
const EDGE_RADIUS = 9

/** Paints holder and rods of the phantom at height z. */
export function paintPhantom(
  image: SliceImage,
  phantom: PlacedPhantom,
  z: number,
  scanner: ScannerResponse,
): void {
  const { axes, center, halfWidth, halfThickness } = phantom
  const [row, back, head] = axes
  // where the holder's own axis crosses this slice; its section is its outline to a share of a per cent
  const along = (z - center[2]) / head[2]
  const [midX, midY] = [center[0] + head[0] * along, center[1] + head[1] * along]
  const corners: [number, number][] = []
  const edge = Math.min(EDGE_RADIUS, halfThickness)
  for (let step = 0; step < 32; step++) {
    const angle = ((step + 0.5) * Math.PI) / 16
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const p = Math.sign(c) * (halfWidth - edge) + c * edge
    const q = Math.sign(s) * (halfThickness - edge) + s * edge
    corners.push([midX + row[0] * p + back[0] * q, midY + row[1] * p + back[1] * q])
  }
  const heights = corners.map(([, y]) => y)
  paintShape(
    image,
    'x',
    Math.min(...heights),
    Math.max(...heights),
    polygonChord(corners),
    scanner.tissueHu(phantom.holderHu),
  )
  for (const rod of phantom.rods) {
    const [x, y] = rodAt(rod, z)
    const [dx, dy] = rod.axis
    const chord = quadraticChord(x, y, 1 - dx * dx, -dx * dy, 1 - dy * dy, rod.radius ** 2)
    const reach = rod.radius * 1.1
    paintShape(image, 'x', y - reach, y + reach, chord, scanner.rodHu(rod.material))
  }
}
