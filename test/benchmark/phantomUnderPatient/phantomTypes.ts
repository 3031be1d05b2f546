/** A rod of a digital phantom: mg/cm³ of the mineral and, where it is not water plus mineral, mg/cm³ of water. */
interface DigitalRod {
  readonly label: string
  readonly mineral: number
  readonly water?: number
}

/** A phantom to be laid into a real scan. Lengths in mm, CT number in HU. */
export interface DigitalPhantom {
  readonly id: string
  readonly rods: readonly DigitalRod[]
  readonly rodDiameter: number
  readonly rodGap: number
  readonly holderHu: number
  readonly holderThickness: number
}

const rodsOf = (...minerals: readonly number[]): readonly DigitalRod[] =>
  minerals.map((mineral, at) => ({ label: 'ABCDEF'.charAt(at), mineral }))

/**
 * One digital phantom per model that the finder must know. Densities are typed anew from the published certificates,
 * sizes and holders are this bench's own: nothing is taken from the program.
 */
export const DIGITAL_PHANTOMS: readonly DigitalPhantom[] = [
  {
    id: 'mindways-model-3',
    rods: [
      { label: 'A', mineral: -51.8, water: 1012.3 },
      { label: 'B', mineral: -53.4, water: 1057.0 },
      { label: 'C', mineral: 58.9, water: 1103.6 },
      { label: 'D', mineral: 157.1, water: 1119.5 },
      { label: 'E', mineral: 375.8, water: 923.2 },
    ],
    rodDiameter: 14,
    rodGap: 34,
    holderHu: 85,
    holderThickness: 25,
  },
  {
    id: 'mindways-model-3-qa',
    rods: [
      { label: 'A', mineral: 58.9, water: 1103.6 },
      { label: 'B', mineral: -53.4, water: 1057.0 },
      { label: 'C', mineral: 157.1, water: 1119.5 },
      { label: 'D', mineral: 157.1, water: 1120.1 },
    ],
    rodDiameter: 16,
    rodGap: 41,
    holderHu: 75,
    holderThickness: 28,
  },
  {
    id: 'qrm-bdc-3',
    rods: rodsOf(100, 400, 800),
    rodDiameter: 18,
    rodGap: 26,
    holderHu: 8,
    holderThickness: 31,
  },
  {
    id: 'qrm-bdc-6',
    rods: rodsOf(0, 100, 200, 400, 600, 800),
    rodDiameter: 15,
    rodGap: 27,
    holderHu: -22,
    holderThickness: 27,
  },
  {
    id: 'b-mas-200',
    rods: rodsOf(0, 50, 100, 150, 200),
    rodDiameter: 17,
    rodGap: 36,
    holderHu: -38,
    holderThickness: 30,
  },
  {
    id: 'image-analysis-qct-3d-plus',
    rods: rodsOf(8, 97.3, 189.8),
    rodDiameter: 13,
    rodGap: 45,
    holderHu: 48,
    holderThickness: 24,
  },
  {
    id: 'siemens-osteo',
    rods: rodsOf(0, 200),
    rodDiameter: 19,
    rodGap: 33,
    holderHu: 62,
    holderThickness: 33,
  },
]

/** How the digital scanner answers: HU per mg/cm³ of the mineral itself, and what water reads. */
export interface DigitalResponse {
  readonly huPerMineral: number
  readonly waterHu: number
}

/** Water that a mg of dissolved K2HPO4 displaces, mg: its solution of 1 g/ml holds less water than it weighs less. */
const DISPLACED = 0.217

/** CT number of a rod's material. */
export const rodHu = ({ mineral, water }: DigitalRod, { huPerMineral, waterHu }: DigitalResponse): number =>
  water === undefined
    ? waterHu + huPerMineral * mineral
    : waterHu + (water - 1000) + (huPerMineral + DISPLACED) * mineral

/** The line that turns CT numbers into densities on this scanner, mg/cm³ per HU and mg/cm³. */
export const trueLine = ({ huPerMineral, waterHu }: DigitalResponse) => ({
  slope: 1 / huPerMineral,
  intercept: -waterHu / huPerMineral,
})
