import { type BoneBar, boneBar, fromVertebra } from './boneBar.ts'
import type { ExamParameters } from './examParameterSchema.ts'
import type { PlacedVertebra, Vec3 } from './spineColumn.ts'

/** Bars that form one bone: their union has one cortex. */
export interface BarGroup {
  readonly bars: readonly BoneBar[]
  /** Densities of cortex and inside, in mg/cm³, and the thickness of the cortex in mm. */
  readonly corticalDensity: number
  readonly innerDensity: number
  readonly cortex: number
  readonly lowZ: number
  readonly highZ: number
}

const group = (
  bars: readonly BoneBar[],
  corticalDensity: number,
  innerDensity: number,
  cortex: number,
): BarGroup => ({
  bars,
  corticalDensity,
  innerDensity,
  cortex,
  lowZ: Math.min(...bars.map(({ low }) => low[2])),
  highZ: Math.max(...bars.map(({ high }) => high[2])),
})

/** Pedicles, articular pillars, facets, laminae, transverse and spinous processes of one vertebra. */
function posteriorArch(vertebra: PlacedVertebra): readonly BoneBar[] {
  const s = vertebra.size.halfWidth / 21.5
  const { cranial, anterior } = vertebra
  const thoracic = vertebra.name.startsWith('T')
  const root = -0.72 * vertebra.size.halfDepth
  const at = (u: number, v: number, w: number) => fromVertebra(vertebra, u * s, v * s, w * s)
  const bar = (from: Vec3, to: Vec3, hint: Vec3, across: number, second: number) =>
    boneBar(from, to, hint, across * s, second * s)
  const bars: BoneBar[] = []
  for (const side of [1, -1] as const) {
    const pedicleEnd = at(side * 15.5, -26, 6)
    const tip = thoracic ? at(side * 25, -33, 4) : at(side * 40, -29, 7)
    bars.push(
      bar(fromVertebra(vertebra, side * 15 * s, root, 5 * s), pedicleEnd, cranial, 3.8, 6.8),
      bar(at(side * 16, -26, 6), tip, cranial, 3, thoracic ? 4.5 : 5.5),
      bar(at(side * 18, -26.5, 7), at(side * 19.8, -28, 18), anterior, 3.6, 4.6),
      bar(at(side * 16, -27, 5), at(side * 12.5, -31, -10), anterior, 4.4, 4.2),
      bar(at(side * 12.2, -32, -9), at(side * 11.2, -34, -21), anterior, 3.9, 4.4),
      bar(at(side * 13, -29.5, -3), at(0, -35, -8), cranial, 2.6, 8.5),
    )
  }
  bars.push(
    bar(at(0, -35, -7), at(0, thoracic ? -58 : -61, thoracic ? -22 : -12), cranial, 2.6, thoracic ? 6 : 9),
  )
  return bars
}

/** One rib: from its joint with the vertebra to the wall of the trunk, and along it down and forward. */
function rib(
  parameters: ExamParameters,
  vertebra: PlacedVertebra,
  side: 1 | -1,
  endAngleDeg: number,
  slope: number,
): readonly BoneBar[] {
  const { trunkWidthMm, trunkDepthMm, subcutaneousFatMm } = parameters.patient
  const s = vertebra.size.halfWidth / 21.5
  const points: Vec3[] = [
    fromVertebra(vertebra, side * (vertebra.size.halfWidth + 3), -0.8 * vertebra.size.halfDepth, 6 * s),
    fromVertebra(vertebra, side * 30 * s, -35 * s, 1),
  ]
  for (let angle = 24; angle <= endAngleDeg; angle += 8) {
    const [sine, cosine] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)]
    const inset = subcutaneousFatMm + 9 + 26 * Math.exp(-((sine * 3.2) ** 2))
    const previous = points.at(-1)!
    const [x, y] = [side * (trunkWidthMm / 2 - inset) * sine, (trunkDepthMm / 2 - inset) * cosine]
    points.push([x, y, previous[2] - slope * Math.hypot(x - previous[0], y - previous[1])])
  }
  return points.slice(1).map((point, index) => boneBar(points[index]!, point, [0, 0, 1], 2.9, 5.6))
}

/** Wings of the sacrum, its lower part, and the two iliac bones. */
function pelvis(parameters: ExamParameters, sacrum: PlacedVertebra): readonly (readonly BoneBar[])[] {
  const halfWidth = parameters.patient.trunkWidthMm / 2
  const at = (u: number, v: number, w: number) => fromVertebra(sacrum, u, v, w)
  const [baseX, baseZ] = [sacrum.center[0], sacrum.center[2]]
  const sides = [1, -1] as const
  const wings = sides.flatMap((side) => [
    boneBar(at(side * 14, -6, 2), at(side * 44, -18, -8), sacrum.cranial, 13, 15),
    boneBar(at(side * 10, -22, -30), at(side * 34, -30, -36), sacrum.cranial, 9, 15),
  ])
  const lower = boneBar(at(0, -8, -14), at(0, -26, -85), sacrum.left, 10, 20)
  const backX = baseX + 56
  const iliac = sides.map((side) => [
    boneBar(
      [baseX + side * (backX - baseX), sacrum.center[1] + 36, baseZ - 18],
      [side * (halfWidth - 62), sacrum.center[1] - 8, baseZ + 2],
      [0, 0, 1],
      5,
      46,
    ),
    boneBar(
      [side * (halfWidth - 62), sacrum.center[1] - 8, baseZ + 2],
      [side * (halfWidth - 42), sacrum.center[1] - 62, baseZ - 4],
      [0, 0, 1],
      4,
      42,
    ),
  ])
  return [[...wings, lower], ...iliac]
}

/** Every bone of the exam that is not a vertebral body. */
export function skeletonBars(
  parameters: ExamParameters,
  column: readonly PlacedVertebra[],
): readonly BarGroup[] {
  const { corticalDensityMgPerCm3: cortical } = parameters.spine
  const groups: BarGroup[] = []
  for (const vertebra of column) {
    if (vertebra.name === 'S1') {
      const bones = pelvis(parameters, vertebra)
      groups.push(...bones.map((bars) => group(bars, cortical, 130, 1.3)))
      continue
    }
    groups.push(group(posteriorArch(vertebra), cortical, 240, 1.1))
    const reach = { T12: [48, 0.55], T11: [92, 0.5], T10: [118, 0.45] }[vertebra.name as string]
    if (reach === undefined) continue
    for (const side of [1, -1] as const)
      groups.push(group(rib(parameters, vertebra, side, reach[0]!, reach[1]!), cortical, 180, 0.9))
  }
  return groups
}
