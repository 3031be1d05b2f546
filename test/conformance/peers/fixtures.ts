import type { TissueNumbers } from './ogoInternal.ts'

/** Numbers that programs of others gave when they were run on stated input, as they were printed. */

/** Rods of a Mindways Model 3 (A to E) in that program's own archived test, HU. @see Bonelab/Ogo, commit a7e74fc */
export const MINDWAYS = {
  rodsHu: [
    -69.54917011727602, -35.378190313384316, 176.71197512467555, 345.73809215407005, 462.93637565619906,
  ],
  slope: 0.8002826627,
  intercept: 8.1229065328,
  /** The line of density on CT number without the water term, which is 50 mg/cm³ off. */
  naive: { slope: 0.73343, intercept: -31.8451, rSquared: 0.91126, at150: 78.2 },
  /** Rods made from σ_CT 1.25 and β_CT −5. */
  exact: {
    rodsHu: [-68.405342, -26.00916, 185.370512, 345.37517, 470.092942],
    slope: 0.8,
    intercept: 4,
  },
} as const

const BASE = { adipose: -100, air: -1000, blood: 40, corticalBone: 1200, skeletalMuscle: 50 } as const
const { corticalBone: _, ...withoutBone } = BASE

/** The CT numbers at which the internal calibration was printed. */
export const PRINTED_AT_HU = [0, 50, 100, 150, 200, 300] as const

/** One set of tissues and what the internal calibration of Bonelab/Ogo printed of it. */
export interface OgoFixture {
  readonly name: string
  readonly tissues: TissueNumbers
  readonly energyKeV: number
  readonly rSquared: number
  /** mg/cm³ at `PRINTED_AT_HU`; digits after the point as printed. */
  readonly densities: readonly number[]
  readonly digits: 0 | 1
}

const fixture = (
  name: string,
  tissues: TissueNumbers,
  energyKeV: number,
  rSquared: number,
  densities: readonly number[],
  digits: 0 | 1 = 1,
): OgoFixture => ({ name, tissues, energyKeV, rSquared, densities, digits })

/** The internal calibration on nine sets of tissues. @see Bonelab/Ogo, commit a7e74fc */
export const OGO_INTERNAL: readonly OgoFixture[] = [
  fixture('all five', BASE, 98, 0.99737, [36.0, 61.2, 88.4, 117.8, 149.2, 218.4]),
  fixture('no bone', withoutBone, 83, 0.99924, [39.1, 53.6, 69.3, 86.2, 104.2, 143.9]),
  fixture(
    'fat, air, muscle',
    { adipose: -100, air: -1000, skeletalMuscle: 50 },
    80,
    1,
    [37.1, 50.3, 64.6, 79.9, 96.4, 132.5],
  ),
  fixture(
    'fat, blood, muscle',
    { adipose: -100, blood: 40, skeletalMuscle: 50 },
    140.5,
    0.999996,
    [-49, -101, -158, -219, -285, -432],
    0,
  ),
  fixture(
    'bone 1100',
    { ...BASE, corticalBone: 1100 },
    99.5,
    0.9967,
    [33.6, 61.0, 90.7, 122.7, 157.0, 232.6],
  ),
  fixture('bone 1300', { ...BASE, corticalBone: 1300 }, 97, 0.99798, [34.8, 58.2, 83.6, 111.0, 140.2, 204.5]),
  // Printed as blood 140 alone; its digits are those of muscle at 60 as well, as contrast medium makes it.
  fixture(
    'blood 140, muscle 60',
    { ...BASE, blood: 140, skeletalMuscle: 60 },
    99,
    0.99264,
    [18.7, 43.7, 70.9, 100.2, 131.7, 201.2],
  ),
  fixture('blood 60', { ...BASE, blood: 60 }, 98.5, 0.99693, [30.7, 55.9, 83.3, 112.8, 144.5, 214.2]),
  fixture(
    'muscle 60',
    { ...BASE, skeletalMuscle: 60 },
    98.5,
    0.99699,
    [31.6, 56.9, 84.3, 113.9, 145.5, 215.3],
  ),
]

/**
 * The two-point line of a web viewer, fat −87.75 and muscle +38.76 mg/cm³.
 * @see bone-s-technology-limited/QCTWeb-refactor, utils/downloadCSVReport
 */
export const QCT_WEB = {
  reference: { adipose: -87.75, skeletalMuscle: 38.76 },
  /** [fat HU, muscle HU, bone HU, mg/cm³]. */
  rows: [
    [-100, 50, 50, 38.8],
    [-100, 50, 100, 80.9],
    [-100, 50, 150, 123.1],
    [-100, 50, 200, 165.3],
    [-100, 40, 150, 138.2],
    [-100, 45, 150, 130.4],
    [-100, 55, 150, 116.3],
    [-100, 60, 150, 109.9],
    [-115, 50, 150, 115.4],
    [-90, 50, 150, 129.1],
  ],
} as const

/** The same tissues by every formula at these CT numbers, mg/cm³. */
export const SIDE_BY_SIDE = {
  atHu: [50, 100, 150, 200],
  'QCTWeb, fat and muscle': [38.8, 80.9, 123.1, 165.3],
  'Ogo, five tissues': [61.2, 88.4, 117.8, 149.2],
  'Ogo, no bone': [53.6, 69.3, 86.2, 104.2],
  'Ogo, fat, air, muscle': [50.3, 64.6, 79.9, 96.4],
  'Ogo, Mindways line': [48.1, 88.2, 128.2, 168.2],
} as const
