import { decomposeDualEnergy } from '../../../src/core/calibration/dualEnergy/decomposeDualEnergy.ts'
import { basisFromRods } from '../../../src/core/calibration/dualEnergy/dualEnergyBasis.ts'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { QctError } from '../../../src/core/errors.ts'
import { hu, mgPerCm3 } from '../../../src/core/units.ts'
import { MINDWAYS, OGO_INTERNAL, PRINTED_AT_HU, QCT_WEB } from './fixtures.ts'
import { mindwaysLine, ourRaw, qctWebLine } from './methods.ts'
import { ogoInternal, plainLine, type TissueNumbers } from './ogoInternal.ts'

/** One printed number of a peer and what the same method gives here. */
export interface SameMethod {
  readonly peer: string
  readonly fixture: string
  readonly printed: number
  readonly here: number
  /** Digits after the point to which it was printed. */
  readonly digits: number
  /** `src`: this program's own code; `restated`: the peer's equations written anew beside the test. */
  readonly code: 'src' | 'restated'
}

function mindways(): SameMethod[] {
  const peer = 'Ogo, Mindways'
  const line = mindwaysLine(MINDWAYS.rodsHu)
  const exact = mindwaysLine(MINDWAYS.exact.rodsHu)
  const naive = plainLine(
    MINDWAYS.rodsHu,
    phantomById('mindways-model-3').rods.map(({ density }) => density),
  )
  const own = (fixture: string, printed: number, here: number, digits: number): SameMethod => ({
    peer,
    fixture,
    printed,
    here,
    digits,
    code: 'src',
  })
  const restated = (fixture: string, printed: number, here: number, digits: number): SameMethod => ({
    ...own(fixture, printed, here, digits),
    code: 'restated',
  })
  const { naive: wrong } = MINDWAYS
  return [
    own('archived rods: slope', MINDWAYS.slope, line.slope, 10),
    own('archived rods: intercept', MINDWAYS.intercept, line.intercept, 10),
    own('exact rods: slope', MINDWAYS.exact.slope, exact.slope, 9),
    own('exact rods: intercept', MINDWAYS.exact.intercept, exact.intercept, 6),
    restated('without water term: slope', wrong.slope, naive.slope, 6),
    restated('without water term: intercept', wrong.intercept, naive.intercept, 4),
    restated('without water term: R²', wrong.rSquared, naive.rSquared, 5),
    restated('without water term: at 150 HU', wrong.at150, naive.slope * 150 + naive.intercept, 1),
  ]
}

const ogo = (): SameMethod[] =>
  OGO_INTERNAL.flatMap(({ name, tissues, energyKeV, rSquared, densities, digits }) => {
    const found = ogoInternal(tissues)
    const row = (what: string, printed: number, here: number, to: number): SameMethod => ({
      peer: 'Ogo, internal',
      fixture: `${name}: ${what}`,
      printed,
      here,
      digits: to,
      code: 'restated',
    })
    return [
      row('energy, keV', energyKeV, found.energyKeV, 1),
      row('R²', rSquared, found.rSquared, Math.max(5, String(rSquared).length - 2)),
      ...densities.map((printed, at) =>
        row(`at ${PRINTED_AT_HU[at]} HU`, printed, found.density(PRINTED_AT_HU[at]!), digits),
      ),
    ]
  })

const qctWeb = (): SameMethod[] =>
  QCT_WEB.rows.map(([fat, muscle, bone, printed]) => {
    const { slope, intercept } = qctWebLine(fat, muscle)
    return {
      peer: 'QCTWeb',
      fixture: `fat ${fat}, muscle ${muscle}: at ${bone} HU`,
      printed,
      here: slope * bone + intercept,
      digits: 1,
      code: 'src',
    }
  })

/** Rods of 100, 400, 800 mg HA/cm³ at two energies, and bone: its formula was not run, only read. */
function dualEnergy(): SameMethod {
  const rods = [100, 400, 800].map((density, at) => ({
    density: mgPerCm3(density),
    lowHu: hu([412, 1575, 3120][at]!),
    highHu: hu([139, 534, 1061][at]!),
    lowStandardErrorHu: hu(0),
    highStandardErrorHu: hu(0),
  }))
  const densities = rods.map(({ density }) => density)
  const [low, high] = [
    plainLine(
      densities,
      rods.map(({ lowHu }) => lowHu),
    ),
    plainLine(
      densities,
      rods.map(({ highHu }) => highHu),
    ),
  ]
  const bone = { low: 520, high: 190 }
  const formula = (bone.high - high.intercept - (bone.low - low.intercept)) / (high.slope - low.slope)
  const sample = (value: number) => ({
    meanHu: hu(value),
    standardErrorHu: hu(0),
    saturatedVoxels: 0,
    highestHu: hu(4000),
  })
  const { basis } = basisFromRods(rods, 'made up')
  const { calcium } = decomposeDualEnergy(sample(bone.low), sample(bone.high), basis, 0)
  return {
    peer: 'DECT_BoneAnalysis',
    fixture: 'its formula, worked out here on made-up rods',
    printed: formula,
    here: calcium,
    digits: 6,
    code: 'src',
  }
}

/** Every printed number of the peers beside what the same method gives here. */
export const sameMethods = (): readonly SameMethod[] => [...mindways(), ...ogo(), ...qctWeb(), dualEnergy()]

/** Whether a number is the printed one to its last digit; a half may have been rounded either way. */
export const isSame = ({ printed, here, digits }: SameMethod): boolean =>
  Math.abs(here - printed) <= 0.5 * 10 ** -digits * (1 + 1e-6)

/** What this program's own calibration by tissues says of the same input at 150 HU, or the code of its refusal. */
export function oursAt150(tissues: TissueNumbers): string {
  try {
    const { slope, intercept } = ourRaw(tissues)
    return (slope * 150 + intercept).toFixed(1)
  } catch (error) {
    if (error instanceof QctError) return `refused: \`${error.code}\``
    throw error
  }
}
