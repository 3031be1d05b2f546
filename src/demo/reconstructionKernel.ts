import type { ExamParameters } from './examParameterSchema.ts'

/** Which of the exam's two reconstructions. */
export type ReconstructionName = 'soft' | 'sharp'

/** How a reconstruction turns the continuous exam into pixels. */
export interface ReconstructionKernel {
  readonly name: ReconstructionName
  /** SD of the in-plane point spread in mm, pixel aperture included. */
  readonly blurSigmaMm: number
  /** Strength and width of the edge enhancement: hu + overshoot · (hu − smoothed hu). */
  readonly overshoot: number
  readonly haloSigmaMm: number
  readonly noiseSdHu: number
  /** SD in mm of the Gaussian that joins the noise of neighbouring pixels. */
  readonly grainMm: number
}

/** The kernel of one of the exam's reconstructions: soft as the parameters say, sharp with overshoot and more noise. */
export function reconstructionKernel(
  { image }: ExamParameters,
  name: ReconstructionName,
): ReconstructionKernel {
  return name === 'soft'
    ? {
        name,
        blurSigmaMm: image.blurSigmaMm,
        overshoot: 0,
        haloSigmaMm: 0,
        noiseSdHu: image.noiseSdHu,
        grainMm: image.blurSigmaMm,
      }
    : {
        name,
        blurSigmaMm: 0.7 * image.blurSigmaMm,
        overshoot: 0.9,
        haloSigmaMm: 1.1,
        noiseSdHu: 2.6 * image.noiseSdHu,
        grainMm: 0.5 * image.blurSigmaMm,
      }
}
