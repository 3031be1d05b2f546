import type { Draws } from './random.ts'

/** Which parts of the doubt are drawn. */
export type Drawn = 'everything' | 'noise only'

/** What every part is stated as, one standard uncertainty each; the generator draws from the same. */
export const STATED = {
  /** Certified densities, mineral and water, mg/cm³. */
  certificate: 1,
  /** Where a rod is taken to be, along either axis of the slice, mm. */
  placementMm: 0.3,
  /** Between a phantom scan and a patient's: per cent of the response, and HU. */
  driftPercent: 0.6,
  driftHu: 1,
  /** A tissue of one patient against that of another, HU at the mean response. */
  tissueHu: 6,
} as const

/** Along the patient, over 30 mm: per cent and HU, straight and curved. Not stated: the rods must show it. */
const ALONG = { straightPercent: 0.8, straightHu: 1.5, curvedPercent: 0.3, curvedHu: 0.5 } as const

/** A linear scanner that changes along the patient: HU = response·ρ + offset, in the units of a mineral. */
export interface Scanner {
  /** HU per mg/cm³ of mineral in water, and of water-equivalent density. */
  readonly response: number
  readonly offset: number
  /** What makes the CT number `hu` of an unchanging scanner at a place along the patient. */
  readonly at: (hu: number, z: number) => number
}

/** Draws a scanner. Without drift it does not change along the patient. */
export function drawScanner(draws: Draws, drawn: Drawn, response: number): Scanner {
  const all = drawn === 'everything' ? 1 : 0
  const straight = [all * draws.normal(ALONG.straightPercent / 100), all * draws.normal(ALONG.straightHu)]
  const curved = [all * draws.normal(ALONG.curvedPercent / 100), all * draws.normal(ALONG.curvedHu)]
  return {
    response: response * (1 + draws.normal(0.004)),
    offset: draws.normal(1.5),
    at: (hu, z) => {
      const t = z / 30
      return hu * (1 + straight[0]! * t + curved[0]! * t * t) + straight[1]! * t + curved[1]! * t * t
    },
  }
}

/** The same scanner another day: moved by the stated drift, its change along the patient drawn anew. */
export function otherDay(scanner: Scanner, draws: Draws, drawn: Drawn): Scanner {
  const all = drawn === 'everything' ? 1 : 0
  return {
    ...drawScanner(draws, drawn, 1),
    response: scanner.response * (1 + all * draws.normal(STATED.driftPercent / 100)),
    offset: scanner.offset + all * draws.normal(STATED.driftHu),
  }
}
