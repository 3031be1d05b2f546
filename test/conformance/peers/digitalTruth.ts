import { learnTissueReference } from '../../../src/core/calibration/tissue/learnTissueReference.ts'
import { referenceLine } from '../../../src/core/calibration/tissue/referenceLine.ts'
import { QctError } from '../../../src/core/errors.ts'
import { hu, mgPerCm3 } from '../../../src/core/units.ts'
import { type ExamParameters, randomPatientParameters } from '../../../src/demo/examParameters.ts'
import { PHANTOM_MODELS } from '../../../src/demo/phantomModels.ts'
import { scannerResponse } from '../../../src/demo/scannerResponse.ts'
import { softTissues } from '../../../src/demo/softTissues.ts'
import { MINDWAYS } from './fixtures.ts'
import { mindwaysLine, ourRaw, qctWebLine, samplesOf } from './methods.ts'
import { ogoInternal, type TissueNumbers } from './ogoInternal.ts'

/** True densities at which every method is asked, mg K₂HPO₄/cm³. */
const ASKED = [50, 100, 150, 200] as const
const TRAINING = 12
const PATIENTS = 40
/** One digital scanner, a little off its nominal response. */
const SCANNER = { kvp: 120, mineralSlopeDriftPercent: -3, offsetHu: 4 } as const

/** What one digital patient shows without noise: tissues, rods, and bone of the asked densities. */
function shown(index: number) {
  const drawn = randomPatientParameters(64, index)
  if (drawn.tissue === undefined) throw new Error('the patient states no tissues')
  const parameters: ExamParameters = {
    ...drawn,
    scanner: SCANNER,
    tissue: {
      ...drawn.tissue,
      marrowFatFraction: null,
      contrast: { phase: 'none', enhancementHu: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 } },
    },
  }
  const scanner = scannerResponse(parameters, 'K2HPO4')
  const soft = softTissues(parameters)
  const tissues = {
    air: scanner.tissueHu(-1000),
    adipose: scanner.tissueHu(soft.subcutaneousFat),
    skeletalMuscle: scanner.tissueHu(soft.muscle),
    blood: scanner.tissueHu(soft.artery),
    corticalBone: scanner.boneHu(parameters.spine.corticalDensityMgPerCm3),
  }
  return {
    tissues,
    rods: PHANTOM_MODELS['mindways-model-3'].rods.map(scanner.rodHu),
    bone: ASKED.map((density) => ({ density, ctNumber: scanner.trabecularHu(density) })),
    line: { slope: scanner.slopeMgPerCm3PerHu, intercept: scanner.interceptMgPerCm3 },
  }
}

/** A method's errors over the digital patients, mg/cm³. */
export interface TruthRow {
  readonly method: string
  readonly whose: 'ours' | 'peer'
  readonly bias: number
  readonly rms: number
  readonly worst: number
  /** Patients of whom the method refuses to say anything. */
  readonly refused: number
}

/** Every method on digital patients of known density: the reference is learned from patients that are not asked. */
export function digitalTruth(): readonly TruthRow[] {
  const reference = learnTissueReference(
    Array.from({ length: TRAINING }, (_, index) => {
      const { tissues, line } = shown(index)
      const { corticalBone: _bone, ...soft } = tissues
      return {
        deviceSerial: 'DIGITAL-1',
        kvp: SCANNER.kvp,
        calibration: {
          slope: line.slope,
          intercept: mgPerCm3(line.intercept),
          phantom: 'mindways-model-3',
          mineral: 'K2HPO4' as const,
        },
        tissues: samplesOf(soft),
      }
    }),
  )
  const patients = Array.from({ length: PATIENTS }, (_, index) => shown(TRAINING + index))
  type Patient = (typeof patients)[number]
  const some = ({ tissues }: Patient, ...names: (keyof Patient['tissues'])[]): TissueNumbers =>
    Object.fromEntries(names.map((name) => [name, tissues[name]]))
  const byLine =
    (line: { readonly slope: number; readonly intercept: number }) =>
    (ctNumber: number): number =>
      line.slope * ctNumber + line.intercept
  const methods: readonly [string, TruthRow['whose'], (patient: Patient) => (ctNumber: number) => number][] =
    [
      ['in-scan phantom', 'ours', ({ rods }) => byLine(mindwaysLine(rods))],
      [
        'tissues, learned on this scanner',
        'ours',
        (patient) =>
          byLine(
            referenceLine(
              samplesOf(some(patient, 'air', 'adipose', 'skeletalMuscle', 'blood')),
              reference,
              SCANNER.kvp,
            ).calibration,
          ),
      ],
      [
        'tissues, effective energy on linear attenuation',
        'ours',
        (patient) => byLine(ourRaw(some(patient, 'air', 'adipose', 'skeletalMuscle', 'blood'))),
      ],
      ['Ogo, five tissues', 'peer', ({ tissues }) => ogoInternal(tissues).density],
      [
        'Ogo, no bone',
        'peer',
        (patient) => ogoInternal(some(patient, 'air', 'adipose', 'skeletalMuscle', 'blood')).density,
      ],
      [
        'Ogo, fat, air, muscle',
        'peer',
        (patient) => ogoInternal(some(patient, 'air', 'adipose', 'skeletalMuscle')).density,
      ],
      [
        'QCTWeb, fat and muscle',
        'peer',
        ({ tissues }) => byLine(qctWebLine(tissues.adipose, tissues.skeletalMuscle)),
      ],
      ['Mindways line of another scanner', 'peer', () => byLine(mindwaysLine(MINDWAYS.rodsHu))],
    ]
  return methods.map(([method, whose, calibrate]) => {
    let refused = 0
    const errors = patients.flatMap((patient) => {
      let density: (ctNumber: number) => number
      try {
        density = calibrate(patient)
      } catch (error) {
        if (!(error instanceof QctError)) throw error
        refused++
        return []
      }
      return patient.bone.map(({ ctNumber, density: truth }) => density(hu(ctNumber)) - truth)
    })
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    return {
      method,
      whose,
      bias: mean(errors),
      rms: Math.sqrt(mean(errors.map((error) => error ** 2))),
      refused,
      worst: errors.reduce((worst, error) => (Math.abs(error) > Math.abs(worst) ? error : worst), 0),
    }
  })
}
