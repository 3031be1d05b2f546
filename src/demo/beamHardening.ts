import { beamAttenuation, NOMINAL_PATH_MM } from './beamSpectrum.ts'
import type { ExamParameters } from './examParameterSchema.ts'
import { placePhantom } from './phantomPlacement.ts'

/** Directions over which the path of the rays through a point is averaged. */
const DIRECTIONS = 24
/** Paths for which the beam is worked out; between them, straight lines. */
const PATH_STEP_MM = 20
const PATH_STEPS = 26

/** How hardening changes the CT numbers of a place: water and what is lighter, and the excess over water. */
export interface Hardening {
  readonly base: number
  readonly excess: number
}

/**
 * Mean path in mm, over all directions, through the ellipse with half axes `a` and `b` along the rays that meet (x, y),
 * inside it or outside; a ray that misses the ellipse counts 0.
 */
export function meanPathMm(x: number, y: number, a: number, b: number): number {
  let sum = 0
  for (let index = 0; index < DIRECTIONS; index++) {
    const angle = ((index + 0.5) * Math.PI) / DIRECTIONS
    const [dx, dy] = [Math.cos(angle) / a, Math.sin(angle) / b]
    const square = dx * dx + dy * dy
    const half = (x / a) * dx + (y / b) * dy
    const root = half * half - square * ((x / a) ** 2 + (y / b) ** 2 - 1)
    if (root > 0) sum += (2 * Math.sqrt(root)) / square
  }
  return sum / DIRECTIONS
}

/**
 * Hardening at places of the exam: how the beam behind the mean path of water there differs from the one the CT numbers
 * are defined by, times the share that the scanner's correction leaves. Undefined where nothing is left.
 *
 * Water's attenuation scales what is not denser than water, that of K₂HPO₄ the excess over water. The trunk is an
 * ellipse of water, the same at every height; where the phantom lies alone, its holder is. A model: no streaks, no bone
 * in the path, no scatter.
 */
export function hardeningAt(parameters: ExamParameters): ((x: number, y: number) => Hardening) | undefined {
  const { kvp, beamHardeningPercent = 0 } = parameters.scanner
  if (beamHardeningPercent === 0) return undefined
  const share = beamHardeningPercent / 100
  const nominal = beamAttenuation(kvp, NOMINAL_PATH_MM)
  const table = Array.from({ length: PATH_STEPS + 1 }, (_, step): Hardening => {
    const beam = beamAttenuation(kvp, step * PATH_STEP_MM)
    const scale = (material: 'water' | 'K2HPO4') => 1 + share * (beam(material) / nominal(material) - 1)
    return { base: scale('water'), excess: scale('K2HPO4') }
  })
  const { x: middleX, y: middleY, halfWidth, halfDepth } = waterEllipse(parameters)
  return (x, y) => {
    const path = meanPathMm(x - middleX, y - middleY, halfWidth, halfDepth)
    const at = Math.min(PATH_STEPS - 1e-6, path / PATH_STEP_MM)
    const step = Math.floor(at)
    const [low, high] = [table[step]!, table[step + 1]!]
    const between = at - step
    return {
      base: low.base + (high.base - low.base) * between,
      excess: low.excess + (high.excess - low.excess) * between,
    }
  }
}

/** What hardens the beam, as an ellipse of water: the trunk, or the holder of a phantom that lies alone. */
function waterEllipse(parameters: ExamParameters) {
  const { trunkWidthMm, trunkDepthMm } = parameters.patient
  const alone = parameters.phantomAlone ? placePhantom(parameters) : undefined
  return alone === undefined
    ? { x: 0, y: 0, halfWidth: trunkWidthMm / 2, halfDepth: trunkDepthMm / 2 }
    : {
        x: alone.center[0],
        y: alone.center[1],
        halfWidth: alone.halfWidth,
        halfDepth: alone.halfThickness,
      }
}

/** CT number that hardening makes of another. */
export const hardenedHu = ({ base, excess }: Hardening, hu: number): number =>
  (1000 + Math.min(hu, 0)) * base - 1000 + Math.max(hu, 0) * excess
