import type { ExamParameters } from './examParameterSchema.ts'
import type { PlacedVertebra } from './spineColumn.ts'
import type { TrabecularTexture } from './trabecularTexture.ts'

/** A dense spot in the trabecular bone. */
interface Island {
  readonly u: number
  readonly v: number
  readonly w: number
  readonly radius: number
  readonly density: number
}

/**
 * One vertebral body as a continuous shape and density field, in its own coordinates: u to the left, v to the
 * front, w to the head, in mm from its middle.
 */
export interface VertebralBodyShape {
  readonly halfWidth: number
  readonly halfDepth: number
  readonly halfHeight: number
  /** Wall and plate thickness. */
  readonly wall: number
  readonly plate: number
  /**
   * Signed distance to the outer side wall at (u, v) and height w: negative inside, first order (exact where it is
   * zero). The outline is a superellipse of exponent 2.5, waisted at mid height, its back wall pressed in.
   */
  readonly sideDistance: (u: number, v: number, w: number) => number
  /** Height of the outer surface of the upper and of the lower endplate over (u, v). */
  readonly upperPlate: (u: number, v: number) => number
  readonly lowerPlate: (u: number, v: number) => number
  /** Trabecular density in mg/cm³. */
  readonly trabecularDensity: (u: number, v: number, w: number) => number
  /** Density of wall and plates in mg/cm³: low at the foramen of the basivertebral vein and at the pedicle roots. */
  readonly corticalDensity: (u: number, v: number, w: number) => number
}

const WAIST = 0.09
/** Depth and half width of the hollow in the back wall, of half depth and half width. */
const HOLLOW_DEPTH = 0.22
const HOLLOW_WIDTH = 0.42
/** Deepest point of the upper and lower plate below the rim, in mm. */
const CONCAVITY = { upper: 1.5, lower: 2 } as const
const FORAMEN_DENSITY = 150

/** Builds the shape and density field of one placed vertebra. */
export function vertebralBodyShape(
  { spine }: ExamParameters,
  vertebra: PlacedVertebra,
  texture: TrabecularTexture,
): VertebralBodyShape {
  const { halfWidth, halfDepth, wedge } = vertebra.size
  const halfHeight = vertebra.size.height / 2
  // Neighbours that are never measured (T10, T11, S1) take the density of the nearest level.
  const own =
    spine.levels.find(({ level }) => level === vertebra.name) ??
    spine.levels.at(vertebra.name === 'S1' ? -1 : 0)!
  const measured = own.level === vertebra.name
  const island: Island | undefined =
    measured && own.boneIsland
      ? {
          u: own.boneIsland.leftMm,
          v: own.boneIsland.anteriorMm,
          w: own.boneIsland.cranialMm,
          radius: own.boneIsland.diameterMm / 2,
          density: own.boneIsland.densityMgPerCm3,
        }
      : undefined
  const core = own.coreDensityMgPerCm3
  const excess = spine.endplateExcessPercent / 100
  const deficit = spine.veinDeficitPercent / 100
  const grain = spine.texturePercent / 100
  const hollowScale = 1 / (HOLLOW_WIDTH * halfWidth) ** 2
  const pedicleU = halfWidth * 0.7
  const pedicleW = halfHeight * 0.4

  const sideDistance = (u: number, v: number, w: number) => {
    const height = Math.min(1, (w / halfHeight) ** 2)
    const narrowing = 1 - WAIST * (1 - height)
    const a = halfWidth * narrowing
    let b = halfDepth * narrowing
    let hollowSlope = 0
    if (v < 0) {
      const hollow = HOLLOW_DEPTH * b * Math.exp(-u * u * hollowScale)
      hollowSlope = 2 * u * hollowScale * hollow
      b -= hollow
    }
    const p = Math.abs(u) / a
    const q = Math.abs(v) / b
    const [pRoot, qRoot] = [p * Math.sqrt(p), q * Math.sqrt(q)]
    const value = p * pRoot + q * qRoot - 1
    const alongU = (2.5 * pRoot) / a - ((2.5 * qRoot * q) / b) * (u < 0 ? -hollowSlope : hollowSlope)
    const alongV = (2.5 * qRoot) / b
    // near the middle the gradient vanishes; there only the sign matters
    return value / Math.max(0.5 / halfWidth, Math.sqrt(alongU * alongU + alongV * alongV))
  }
  const dish = (u: number, v: number) => {
    const r = 1 - (u / (0.92 * halfWidth)) ** 2 - ((v + 1) / (0.92 * halfDepth)) ** 2
    return Math.max(r, 0)
  }
  const rim = (v: number) => halfHeight + (wedge * v) / halfDepth
  return {
    halfWidth,
    halfDepth,
    halfHeight,
    wall: spine.wallThicknessMm,
    plate: spine.endplateThicknessMm,
    sideDistance,
    upperPlate: (u, v) => rim(v) - CONCAVITY.upper * dish(u, v),
    lowerPlate: (u, v) => -rim(v) + CONCAVITY.lower * dish(u, v),
    trabecularDensity: (u, v, w) => {
      const height = w / halfHeight
      // the vein runs forward from the back wall and ends a little in front of the middle of the body
      const depth = (v + 0.2 * halfDepth) / (0.12 * halfDepth)
      const vein =
        depth > 8 ? 0 : (deficit * Math.exp(-((u / 4.5) ** 2) - (w / 3.2) ** 2)) / (1 + Math.exp(depth))
      const bone = core * (1 + excess * height * height) * (1 - vein) * (1 + grain * texture(u, v, w))
      if (island === undefined) return bone
      const r = Math.hypot(u - island.u, v - island.v, w - island.w) - island.radius
      if (r >= 0.5) return bone
      const share = r <= -0.5 ? 1 : 0.5 - r * (1.5 - 2 * r * r)
      return bone + (island.density - bone) * share
    },
    corticalDensity: (u, v, w) => {
      if (v > -0.3 * halfDepth) return spine.corticalDensityMgPerCm3
      const foramen = Math.exp(-((u / 3.5) ** 2) - (w / 3) ** 2)
      const root = Math.exp(-(((Math.abs(u) - pedicleU) / 4) ** 2) - ((w - pedicleW) / 6) ** 2)
      const open = Math.min(1, 1.3 * Math.max(foramen, root))
      return spine.corticalDensityMgPerCm3 + (FORAMEN_DENSITY - spine.corticalDensityMgPerCm3) * open
    },
  }
}
