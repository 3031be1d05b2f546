import type { ExamParameters } from './examParameterSchema.ts'
import { seededRandom } from './seededRandom.ts'
import type { Ellipse } from './slicePainter.ts'
import type { SoftTissues } from './softTissues.ts'

/** An ellipse of one CT number in a slice. */
export interface TissueEllipse extends Ellipse {
  readonly hu: number
  /** Whether the CT number is that of the exam's voltage already, not of 120 kVp. */
  readonly exposed?: true
  /** Only the part in front of (smaller y than) this height is painted: a gas bubble over its fluid. */
  readonly below?: number
  readonly above?: number
}

/** One organ: what a slice at height z shows of it, painted in order. */
export interface Viscus {
  readonly sectionAt: (z: number, spineAxis: { x: number; y: number }) => readonly TissueEllipse[] | undefined
  /** Whether the organ is cut off at the inner abdominal wall it lies against. */
  readonly clipped: boolean
}

/** The section of an ellipsoid: undefined where the slice misses it. */
function section(
  z: number,
  [x, y, middle]: readonly [number, number, number],
  [rx, ry, rz]: readonly [number, number, number],
  hu: number,
  angle = 0,
): TissueEllipse | undefined {
  const t = 1 - ((z - middle) / rz) ** 2
  if (t <= 0.01) return undefined
  const s = Math.sqrt(t)
  return { x, y, rx: rx * s, ry: ry * s, angle, hu }
}

const present = (parts: readonly (TissueEllipse | undefined)[]): readonly TissueEllipse[] =>
  parts.filter((part) => part !== undefined)

/** A gut loop: wall, content, and sometimes gas that has risen to the front. */
function loop(
  center: readonly [number, number, number],
  radii: readonly [number, number, number],
  content: number,
  gasShare: number,
): Viscus {
  return {
    clipped: true,
    sectionAt: (z) => {
      const wall = section(z, center, radii, 42)
      if (wall === undefined || wall.rx < 4) return undefined
      const lumen = { ...wall, rx: wall.rx - 2.4, ry: wall.ry - 2.4, hu: content }
      if (gasShare <= 0) return [wall, lumen]
      // the fluid level is flat across the whole loop, whatever slice shows it
      const level = center[1] - radii[1] + 2 * radii[1] * gasShare
      return [wall, lumen, { ...lumen, hu: -940, below: level }]
    },
  }
}

/** The organs of an exam, in painting order; bowel differs from seed to seed, the rest only in size. */
export function viscera(parameters: ExamParameters, tissues: SoftTissues): readonly Viscus[] {
  const random = seededRandom(`${parameters.seed}/viscera`)
  const width = parameters.patient.trunkWidthMm / 330
  const depth = parameters.patient.trunkDepthMm / 220
  const at = (x: number, y: number, z: number) => [x * width, y * depth, z] as const
  const organs: Viscus[] = []
  const organ = (sectionAt: Viscus['sectionAt'], clipped = true) => organs.push({ sectionAt, clipped })

  const liver = 52 + random.between(-6, 6)
  organ((z) =>
    present([
      section(z, at(-78, -22, 92), [88, 84, 92], liver, 0.2),
      section(z, at(-20, -50, 104), [75, 45, 62], liver),
      section(z, at(-60, -52, 62), [15, 20, 26], 8, 0.3),
      section(z, at(-62, -10, 95), [5, 9, 40], liver - 12, 0.8),
      section(z, at(-40, -18, 105), [4, 12, 30], liver - 12, -0.6),
    ]),
  )
  organ((z) => present([section(z, at(102, 22, 95), [30, 46, 56], 47, -0.25)]))
  const stomachLevel = -62 * depth
  organ((z) => {
    const wall = section(z, at(58, -44, 86), [50, 38, 58], 44, 0.35)
    if (wall === undefined) return undefined
    const lumen = { ...wall, rx: wall.rx - 4, ry: wall.ry - 4, hu: 16 }
    if (lumen.rx < 3 || lumen.ry < 3) return [wall]
    return [wall, lumen, { ...lumen, hu: -940, below: stomachLevel }]
  })
  for (const side of [1, -1]) {
    const middle = side > 0 ? 42 : 26
    organ((z, spine) => {
      const [x, y] = [spine.x + side * (60 + (middle - z) * 0.12), spine.y + 8]
      const kidney = section(z, [x, y, middle], [27, 22, 55], 34, side * 0.5)
      if (kidney === undefined) return undefined
      return present([
        kidney,
        section(z, [x - side * 11, y - 4, middle], [13, 8, 28], -85, side * 0.5),
        section(z, [x - side * 15, y - 5, middle], [5, 4, 20], 12, side * 0.5),
      ])
    }, false)
  }
  // pancreas and duodenum in front of the great vessels
  organ((z, spine) =>
    present([
      section(z, [spine.x + 14, spine.y - 54, 60], [52, 11, 16], 38, -0.25),
      section(z, [spine.x - 38, spine.y - 42, 30], [15, 13, 38], 34),
      section(z, [spine.x - 38, spine.y - 42, 30], [11, 9, 34], 14),
    ]),
  )
  for (let count = 0; count < 84; count++) {
    const z = random.between(-165, 55)
    const x = random.between(-100, 100)
    const y = random.between(-78, 4 - 0.3 * Math.abs(x) - 22)
    const radius = random.between(9, 17)
    const gas = random.uniform() < 0.3 ? random.between(0.15, 0.6) : 0
    organs.push(
      loop(
        at(x, y, z),
        [radius * random.between(0.9, 1.7), radius, radius * random.between(0.9, 2.4)],
        random.between(8, 30),
        gas,
      ),
    )
  }
  for (const side of [1, -1]) {
    const filling = random.between(-120, 20)
    for (let z = -150; z <= 55; z += 23) {
      const sway = random.between(-5, 5)
      organs.push(
        loop(
          at(side * 108 + sway, 8 + random.between(-5, 5), z),
          [random.between(18, 24), random.between(18, 24), 17],
          filling,
          random.uniform() < 0.6 ? random.between(0.2, 0.6) : 0,
        ),
      )
    }
  }
  const plaque = random.between(0, 2 * Math.PI)
  organ((z, spine) => {
    const bifurcation = -48
    const split = Math.max(0, (bifurcation - z) * 0.42)
    const ellipse = (x: number, y: number, rx: number, hu: number, ry = rx): TissueEllipse => ({
      x,
      y,
      rx,
      ry,
      hu,
      exposed: true,
    })
    const { artery, venaCava, smallVein } = tissues
    const [aortaX, y] = [spine.x + 7, spine.y - 29]
    const parts = [ellipse(spine.x, y + 4, 34, tissues.visceralFat, 17)]
    if (z > bifurcation) {
      parts.push(ellipse(aortaX, y, 9.5, artery))
      const [px, py] = [aortaX + 8.8 * Math.cos(plaque), y + 8.8 * Math.sin(plaque)]
      if (Math.sin(z / 6) > 0.55) parts.push({ x: px, y: py, rx: 1.6, ry: 1.1, hu: 420 })
    } else {
      parts.push(
        ellipse(aortaX + split, y + split * 0.25, 6, artery),
        ellipse(aortaX - split, y + split * 0.25, 6, artery),
      )
    }
    if (z > bifurcation - 8) parts.push(ellipse(spine.x - 17, y + 3, 12, venaCava, 8.5))
    else
      parts.push(
        ellipse(spine.x - 12 - split, y + 10, 6.5, smallVein),
        ellipse(spine.x + split, y + 12, 6.5, smallVein),
      )
    parts.push(ellipse(spine.x + 3, y - 19, 4, artery), ellipse(spine.x - 8, y - 21, 5, smallVein))
    return parts
  }, false)
  return organs
}
