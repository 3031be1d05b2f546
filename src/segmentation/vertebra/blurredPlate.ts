/** A thin bright sheet and a step at the same place, as a slice of some thickness and a Gaussian blur show them. */
export interface BlurredPlate {
  /** The sheet, 1 where it fills the slice; and its derivatives by position, half thickness and blur. */
  ridge: number
  ridgeByQ: number
  ridgeByHalf: number
  ridgeBySigma: number
  /** The step from 0 to 1, and its derivatives. */
  step: number
  stepByQ: number
  stepByHalf: number
  stepBySigma: number
}

/** A plate to be filled by `blurredPlate`: one per loop, so that no point allocates. */
export const emptyPlate = (): BlurredPlate => ({
  ridge: 0,
  ridgeByQ: 0,
  ridgeByHalf: 0,
  ridgeBySigma: 0,
  step: 0,
  stepByQ: 0,
  stepByHalf: 0,
  stepBySigma: 0,
})

const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI)

/**
 * The normal distribution's integral, to 7.5·10⁻⁸, given its density at x.
 * @see Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 26.2.17
 */
function normalIntegral(x: number, density: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x < 0 ? tail : 1 - tail
}

/**
 * The response of a slice profile (a box of half thickness `half`, blurred by a Gaussian of SD `sigma`) to a thin sheet
 * and to a step, both at distance `q` below the sample.
 *
 * With Φ the normal integral, φ its density, a = (q + h)/σ and b = (q − h)/σ: ridge = Φ(a) − Φ(b) and
 * step = σ·[aΦ(a) + φ(a) − bΦ(b) − φ(b)]/(2h).
 */
export function blurredPlate(q: number, half: number, sigma: number, plate: BlurredPlate): void {
  const a = (q + half) / sigma
  const b = (q - half) / sigma
  const densityA = INVERSE_SQRT_2PI * Math.exp(-0.5 * a * a)
  const densityB = INVERSE_SQRT_2PI * Math.exp(-0.5 * b * b)
  const belowA = normalIntegral(a, densityA)
  const belowB = normalIntegral(b, densityB)
  plate.ridge = belowA - belowB
  plate.ridgeByQ = (densityA - densityB) / sigma
  plate.ridgeByHalf = (densityA + densityB) / sigma
  plate.ridgeBySigma = -(a * densityA - b * densityB) / sigma
  plate.step = (sigma * (a * belowA + densityA - b * belowB - densityB)) / (2 * half)
  plate.stepByQ = plate.ridge / (2 * half)
  plate.stepByHalf = (belowA + belowB) / (2 * half) - plate.step / half
  plate.stepBySigma = (densityA - densityB) / (2 * half)
}
