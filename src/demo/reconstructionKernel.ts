import type { ExamParameters } from './examParameterSchema.ts'

/** Which of the exam's reconstructions; `second` is the soft one of a dual-energy pair's second voltage. */
export type ReconstructionName = 'soft' | 'sharp' | 'second'

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

/**
 * The kernel of one of the exam's reconstructions: soft as the parameters say, sharp with overshoot and more noise,
 * second as soft with the noise of its own.
 */
export function reconstructionKernel(
  { image, dualEnergy }: ExamParameters,
  name: ReconstructionName,
): ReconstructionKernel {
  return name !== 'sharp'
    ? {
        name,
        blurSigmaMm: image.blurSigmaMm,
        overshoot: 0,
        haloSigmaMm: 0,
        noiseSdHu: name === 'second' ? (dualEnergy?.noiseSdHu ?? image.noiseSdHu) : image.noiseSdHu,
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
