import type { PhantomModel } from '../../../src/core/calibration/phantomModel.ts'
import { type LpsVector, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { add, cross, dot, normalize, scale } from '../../../src/core/geometry/vector.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'

/** A made-up scan: a trunk-like body and, under it, a phantom in a slab. Lengths in mm, angles in degrees. */
export interface Scene {
  readonly phantom: PhantomModel | null
  readonly size: readonly [number, number, number]
  readonly spacing: readonly [number, number, number]
  readonly diameter: number
  readonly rodSpacing: number
  /** HU per mg/cm³ of mineral, and CT number of water. */
  readonly response: number
  readonly offset: number
  readonly holder: number
  /** Rotation of the phantom about x, y and z of the world. */
  readonly rotation: readonly [number, number, number]
  readonly isReversed: boolean
  readonly noise: number
  readonly blur: number
  readonly seed: number
  /** The phantom ends so far from the middle of the scan (mm, to the head and to the feet). */
  readonly halfLength: number
  /** Middle of the grid, LPS mm. */
  readonly middle: readonly [number, number, number]
  /** Axes of the grid in LPS. */
  readonly axes: readonly [LpsVector, LpsVector, LpsVector]
}

/** A clean scan of a coarse grid; tests change what they are about. */
export const scene = (changes: Partial<Scene>): Scene => ({
  phantom: null,
  size: [330, 120, 20],
  spacing: [0.9, 0.9, 4],
  diameter: 15,
  rodSpacing: 32,
  response: 1.25,
  offset: 3,
  holder: 40,
  rotation: [1, -2, 3],
  isReversed: false,
  noise: 12,
  blur: 0.7,
  seed: 1,
  halfLength: 1000,
  middle: [0, 48, 0],
  axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  ...changes,
})

/** Where the middle of the phantom lies, LPS mm. */
const PHANTOM_CENTER = [4, 62, 5] as const

const radians = (angle: number) => (angle * Math.PI) / 180
const turn = (v: LpsVector, axis: LpsVector, angle: number): LpsVector => {
  const [c, s] = [Math.cos(radians(angle)), Math.sin(radians(angle))]
  return add(add(scale(v, c), scale(cross(axis, v), s)), scale(axis, dot(axis, v) * (1 - c)))
}

/** True axis direction, row direction and centres of the rods. */
export function truthOf(at: Scene) {
  const [x, y, z] = [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)]
  const rotate = (v: LpsVector) =>
    normalize(turn(turn(turn(v, x, at.rotation[0]), y, at.rotation[1]), z, at.rotation[2]))
  const row = scale(rotate(x), at.isReversed ? -1 : 1)
  const along = rotate(z)
  const n = at.phantom?.rods.length ?? 0
  const rods = (at.phantom?.rods ?? []).map((rod, index) => {
    const off = (index - (n - 1) / 2) * at.rodSpacing
    const [cx, cy, cz] = PHANTOM_CENTER
    const ctNumber =
      rod.waterDensity === undefined
        ? at.response * rod.density + at.offset
        : rod.waterDensity - 999.6 + (at.response + 0.2174) * rod.density + at.offset
    return {
      label: rod.label,
      center: lpsPoint(cx + off * row[0], cy + off * row[1], cz + off * row[2]),
      ctNumber,
    }
  })
  return { along, row, up: cross(along, row), rods }
}

/** The logistic stand-in for a blurred edge: 1 inside, 0 outside, of SD `blur`. */
const edge = (inside: number, blur: number) => 1 / (1 + Math.exp((-1.7 * inside) / blur))

/** Reproducible Gaussian numbers. */
function gaussian(seed: number): () => number {
  let state = (seed * 2654435761 + 97) >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform())
}

const rendered = new Map<string, CtVolume>()

/** Voxels of the scene, with noise correlated over neighbouring pixels of a row. The same scene is rendered once. */
export function renderScene(at: Scene): CtVolume {
  const key = JSON.stringify(at)
  const known = rendered.get(key)
  if (known !== undefined) return known
  const volume = render(at)
  rendered.set(key, volume)
  return volume
}

function render(at: Scene): CtVolume {
  const [ni, nj, nk] = at.size
  const truth = truthOf(at)
  const voxels = new Int16Array(ni * nj * nk)
  const half = [0, 1, 2].map((axis) => ((at.size[axis]! - 1) * at.spacing[axis]!) / 2)
  const corner = at.axes.reduce(
    (sum, axis, index) => add(sum, scale(axis, -half[index]!)),
    lpsVector(...at.middle),
  )
  const draw = gaussian(at.seed)
  const slabWidth = ((truth.rods.length - 1) * at.rodSpacing + at.diameter) / 2 + 8
  const slabHeight = at.diameter / 2 + 5
  let wave = 0
  let offset = 0
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, offset++) {
        const [a, b, c] = [i * at.spacing[0], j * at.spacing[1], k * at.spacing[2]]
        const x = corner[0] + a * at.axes[0][0] + b * at.axes[1][0] + c * at.axes[2][0]
        const y = corner[1] + a * at.axes[0][1] + b * at.axes[1][1] + c * at.axes[2][1]
        const z = corner[2] + a * at.axes[0][2] + b * at.axes[1][2] + c * at.axes[2][2]
        let value = bodyAt(x, y, z)
        if (at.phantom !== null) {
          const d = lpsVector(x - PHANTOM_CENTER[0], y - PHANTOM_CENTER[1], z - PHANTOM_CENTER[2])
          const [p, q, s] = [dot(d, truth.row), dot(d, truth.up), dot(d, truth.along)]
          const slab = edge(
            Math.min(slabWidth - Math.abs(p), slabHeight - Math.abs(q), at.halfLength - Math.abs(s)),
            at.blur,
          )
          if (slab > 0.001) {
            let inSlab = at.holder
            for (const rod of truth.rods) {
              const away =
                p -
                dot(
                  lpsVector(
                    rod.center[0] - PHANTOM_CENTER[0],
                    rod.center[1] - PHANTOM_CENTER[1],
                    rod.center[2] - PHANTOM_CENTER[2],
                  ),
                  truth.row,
                )
              if (Math.abs(away) < at.diameter) {
                inSlab += edge(at.diameter / 2 - Math.hypot(away, q), at.blur) * (rod.ctNumber - at.holder)
              }
            }
            value += slab * (inSlab - value)
          }
        }
        wave = 0.6 * wave + draw()
        voxels[offset] = Math.round(value + at.noise * 0.8 * wave) + 1024 // AR(1) of 0.6 has SD 1.25
      }
    }
  }
  return {
    quantity: 'HU',
    voxels,
    rescale: { slope: 1, intercept: hu(-1024) },
    geometry: {
      size: at.size,
      origin: lpsPoint(corner[0], corner[1], corner[2]),
      spacing: at.spacing,
      axes: at.axes,
    },
  }
}

/** Skin, fat, muscle, a spine with discs and a canal, an aorta, two kidneys; air outside; a table below. */
function bodyAt(x: number, y: number, z: number): number {
  if (y > 86 && y < 92) return -150
  const rim = (x / 135) ** 2 + ((y + 25) / 72) ** 2
  if (rim > 1) return -1000
  if (rim > 0.8) return -100
  const level = Math.abs(((z % 36) + 36) % 36)
  const body = (x / 21) ** 2 + ((y + 5) / 16) ** 2
  if (body < 1) return level < 8 ? 70 : body > 0.85 ? 400 : 150 + 20 * Math.sin(z / 7)
  if (Math.hypot(x, y - 22) < 8) return 15
  if (Math.hypot(x + 12, y + 32) < 9) return 45
  if (Math.hypot(Math.abs(x) - 62, y - 5, z / 2) < 24) return 30
  return 50 + 15 * Math.sin(x / 11 + z / 17)
}
