import type { ExamParameters } from './examParameterSchema.ts'
import type { PlacedPhantom } from './phantomPlacement.ts'
import type { ScannerResponse } from './scannerResponse.ts'
import {
  type Chord,
  type Ellipse,
  ellipseChord,
  intersectChords,
  paintEllipse,
  paintShape,
  type SliceImage,
} from './slicePainter.ts'
import type { SoftTissues } from './softTissues.ts'
import { columnAxisAt, type PlacedVertebra } from './spineColumn.ts'
import type { Viscus } from './viscera.ts'

/** CT numbers at 120 kVp, on an undrifted scanner, of what no patient states; plausible values, not references. */
const HU = {
  air: -1000,
  skin: 25,
  muscleFat: -55,
  epiduralFat: -60,
  thecalSac: 22,
  foam: -880,
  cover: -250,
  shell: 40,
  core: -930,
  pad: -60,
} as const

/** Everything soft in the exam and what lies under it. */
export interface Trunk {
  readonly parameters: ExamParameters
  readonly column: readonly PlacedVertebra[]
  readonly viscera: readonly Viscus[]
  readonly tissues: SoftTissues
  readonly phantom: PlacedPhantom | undefined
}

/** A closed outline that is wider than deep: round in front, flattened at the back by the couch. */
interface Outline {
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly front: number
  readonly back: number
}

const outlineChord =
  ({ x, y, halfWidth, front, back }: Outline): Chord =>
  (at, into) => {
    const t = at < y ? (y - at) / front : (at - y) / back
    const power = at < y ? 2.3 : 2.9
    const reach = t >= 1 ? -1 : halfWidth * (1 - t ** power) ** (1 / power)
    into[0] = x - reach
    into[1] = x + reach
  }

const paintOutline = (image: SliceImage, outline: Outline, value: number) =>
  paintShape(image, 'x', outline.y - outline.front, outline.y + outline.back, outlineChord(outline), value)

/** Couch of a CT: a hollow curved shell of carbon fibre round foam, a mattress on it, and the pad on the phantom. */
function paintCouch(image: SliceImage, { parameters, phantom }: Trunk, scanner: ScannerResponse): void {
  const { tissueHu } = scanner
  const backY = parameters.patient.trunkDepthMm / 2
  const under = phantom === undefined ? backY - 3 : phantom.center[1] + phantom.halfThickness + 2
  const [halfCouch, sag] = [215, 520]
  const curve = (x: number) => under + 16 - (x * x) / (2 * sag)
  const band = (half: number, top: (x: number) => number, bottom: (x: number) => number, value: number) =>
    paintShape(
      image,
      'y',
      -half,
      half,
      (x, into) => {
        into[0] = top(x)
        into[1] = bottom(x)
      },
      tissueHu(value),
    )
  const belly = (x: number) => curve(x) + 46 * Math.sqrt(Math.max(0, 1 - (x / halfCouch) ** 2))
  band(halfCouch, curve, belly, HU.shell)
  band(
    halfCouch - 3,
    (x) => curve(x) + 2.2,
    (x) => belly(x) - 2.2,
    HU.core,
  )
  band(200, (x) => curve(x) - 15, curve, HU.cover)
  band(
    199,
    (x) => curve(x) - 14.2,
    (x) => curve(x) - 0.8,
    HU.foam,
  )
  if (phantom === undefined || parameters.phantomAlone) return
  const y = phantom.center[1]
  const half = phantom.halfWidth + 4
  band(
    half,
    () => backY - 24,
    () => y,
    HU.pad,
  )
}

/** Paints everything but bone and phantom at height z: couch, pad, skin, fat, muscle, viscera, canal. */
export function paintTrunk(image: SliceImage, trunk: Trunk, z: number, scanner: ScannerResponse): void {
  const { parameters, column, viscera, tissues } = trunk
  const { trunkWidthMm, trunkDepthMm, subcutaneousFatMm: fat } = parameters.patient
  const { tissueHu } = scanner
  const paint = (ellipse: Ellipse, value: number) => paintEllipse(image, ellipse, tissueHu(value))
  const muscleFat = tissues.tissue(HU.muscleFat)
  image.hu.fill(tissueHu(HU.air))
  paintCouch(image, trunk, scanner)
  if (parameters.phantomAlone) return

  const girth = 1 + 0.05 * Math.min(1, ((z + 10) / 150) ** 2)
  const skin: Outline = {
    x: 0,
    y: 0,
    halfWidth: (trunkWidthMm / 2) * girth,
    front: trunkDepthMm / 2,
    back: trunkDepthMm / 2,
  }
  const shrunk = (side: number, front: number, back: number): Outline => ({
    ...skin,
    halfWidth: skin.halfWidth - side,
    front: skin.front - front,
    back: skin.back - back,
  })
  paintOutline(image, skin, tissueHu(tissues.tissue(HU.skin)))
  paintOutline(image, shrunk(1.8, 1.8, 1.8), tissueHu(tissues.subcutaneousFat))
  paintOutline(image, shrunk(1.8 + fat, 1.8 + fat * 1.1, 1.8 + fat * 0.7), tissueHu(tissues.muscle))

  const axis = columnAxisAt(column, z)
  const scale = parameters.spine.sizeScale
  const cavity: Outline = {
    x: axis.x * 0.3,
    y: 0,
    // below the iliac crests the muscles on both faces of the wings take room from the bowel
    halfWidth: skin.halfWidth - 1.8 - fat - 15 - 34 * Math.min(1, Math.max(0, (-52 - z) / 40)),
    front: skin.front - 1.8 - fat * 1.1 - 10,
    back: axis.y + 24,
  }
  // layers of the wall: fat between the three flat muscles
  for (const depth of [4.5, 9.5]) {
    paintOutline(image, shrunk(1.8 + fat + depth, 1.8 + fat * 1.1 + depth, 40), tissueHu(muscleFat))
    paintOutline(image, shrunk(2.5 + fat + depth, 2.5 + fat * 1.1 + depth, 39), tissueHu(tissues.muscle))
  }
  paintOutline(image, cavity, tissueHu(tissues.visceralFat))

  for (const side of [1, -1]) {
    // back muscles in their fascia, and the fat between them
    const erector = { x: axis.x * 0.6 + side * 38, y: axis.y + 50, rx: 31, ry: 21, angle: side * 0.12 }
    const multifidus = { x: axis.x * 0.8 + side * 13, y: axis.y + 47, rx: 11, ry: 17 }
    const quadratus = { x: axis.x * 0.7 + side * 60, y: axis.y + 25, rx: 21, ry: 8, angle: side * 0.35 }
    const wide = (e: Ellipse, by: number): Ellipse => ({ ...e, rx: e.rx + by, ry: e.ry + by })
    for (const muscle of [quadratus, erector, multifidus]) paint(wide(muscle, 1.6), muscleFat)
    for (const muscle of [quadratus, erector, multifidus]) paint(muscle, tissues.muscle)
    paint({ x: erector.x + side * 6, y: erector.y + 3, rx: 2, ry: 9, angle: side * 0.5 }, muscleFat)
    paint({ x: erector.x - side * 12, y: erector.y + 8, rx: 1.3, ry: 8, angle: -side * 0.3 }, muscleFat)
    paint({ x: axis.x * 0.8 + side * 24, y: axis.y + 55, rx: 1.5, ry: 10, angle: side * 0.2 }, muscleFat)
    const grown = Math.min(1, Math.max(0, (70 - z) / 130))
    if (grown > 0) {
      const psoas = {
        x: axis.x + side * (27 + 8 * grown) * scale,
        y: axis.y + 4 - 6 * grown,
        rx: 5 + 13 * grown,
        ry: 9 + 13 * grown,
        angle: side * -0.25,
      }
      paint(wide(psoas, 1.2), tissues.visceralFat)
      paint(psoas, tissues.muscle)
    }
  }
  // muscle and ligament close round the bodies; the canal keeps fat and the thecal sac
  paint({ x: axis.x, y: axis.y + 20, rx: 26 * scale, ry: 16 * scale }, tissues.muscle)
  paint(
    { x: axis.x, y: axis.y + 23 * scale, rx: 12.5 * scale, ry: 10.5 * scale },
    tissues.tissue(HU.epiduralFat),
  )
  paint({ x: axis.x, y: axis.y + 22 * scale, rx: 9 * scale, ry: 7.2 * scale }, tissues.tissue(HU.thecalSac))

  const inner = outlineChord({ ...cavity, halfWidth: cavity.halfWidth - 1, front: cavity.front - 1 })
  for (const viscus of viscera) {
    const section = viscus.sectionAt(z, axis)
    if (section === undefined) continue
    for (const part of section) {
      const reach = Math.max(part.rx, part.ry)
      const whole = ellipseChord(part)
      const chord = viscus.clipped ? intersectChords(whole, inner) : whole
      const top = Math.max(part.y - reach, part.above ?? -Infinity)
      const bottom = Math.min(part.y + reach, part.below ?? Infinity)
      const value = part.exposed ? part.hu : tissues.tissue(part.hu)
      paintShape(image, 'x', top, bottom, chord, tissueHu(value))
    }
  }
}
