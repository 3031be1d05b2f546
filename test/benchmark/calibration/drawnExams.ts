import type { ExamParameters } from '../../../src/demo/examParameters.ts'
import { randomPatientParameters } from '../../../src/demo/examParameters.ts'
import { PHANTOM_IDS, type PhantomId } from '../../../src/demo/phantomModels.ts'
import { seededRandom } from '../../../src/demo/seededRandom.ts'

/** A drawn exam in which every section that is optional is stated. */
export type Patient = ExamParameters & {
  readonly tissue: NonNullable<ExamParameters['tissue']>
  readonly phantom: NonNullable<ExamParameters['phantom']>
}

/** Exams of one index that differ only in what the phantom of the first draw happened to be. */
const STRIDE = 40

/** The first patient of a series whose drawn phantom is of a model: its sizes then fit the field. */
export function patientWith(seed: number, index: number, id: PhantomId): Patient {
  for (let at = 0; at < STRIDE; at++) {
    const drawn = randomPatientParameters(seed, index * STRIDE + at)
    const { phantom, tissue } = drawn
    if (phantom?.id === id && tissue !== undefined) return { ...drawn, phantom, tissue }
  }
  throw new Error(`no exam with ${id} in ${STRIDE} draws`)
}

const withoutHardening = ({ kvp, mineralSlopeDriftPercent, offsetHu }: ExamParameters['scanner']) => ({
  kvp,
  mineralSlopeDriftPercent,
  offsetHu,
})

/** Slices of an exam's own thickness over a stretch of the patient, from the middle of L3. */
function stretch(a: ExamParameters['acquisition'], fromMm: number, toMm: number) {
  return {
    ...a,
    sliceCount: Math.ceil((toMm - fromMm) / a.sliceSpacingMm),
    scanCenterZMm: (fromMm + toMm) / 2,
  }
}

/** L1 to L3 and the rods round them. */
const LEVELS_MM = [-42, 112] as const
/** L3 with both its plates. */
const L3_MM = [-33, 33] as const

/** An exam for the in-scan, asynchronous and HU-only routes: all phantoms in turn, 10–40 HU, no hardening left. */
export function scanExam(seed: number, index: number): Patient {
  const patient = patientWith(seed, index, PHANTOM_IDS[index % PHANTOM_IDS.length]!)
  const random = seededRandom(`bench/calibration/${seed}/${index}`)
  const { dualEnergy: _, ...single } = patient
  return {
    ...single,
    phantom: patient.phantom,
    tissue: patient.tissue,
    image: { ...patient.image, noiseSdHu: Number(random.between(10, 40).toFixed(1)) },
    scanner: withoutHardening(patient.scanner),
    acquisition: stretch(patient.acquisition, ...LEVELS_MM),
  }
}

/** The same with part of the beam hardening left: how the routes bear it is stated, not limited. */
export const hardenedExam = (exam: Patient, percent: number): Patient => ({
  ...exam,
  scanner: { ...exam.scanner, beamHardeningPercent: percent },
})

/** How one scanner moves over months, per cent of its response and HU. */
const OVER_MONTHS = { percent: 0.5, hu: 0.5, mostSds: 2 } as const

/**
 * The phantom scan of the same scanner, some time before: another patient over it, another pose. Between the two the
 * response moves with an SD of 0.5 % (six months of seven scanners: 0.38–0.58 % each, Bligh 2009, Acad Radiol 16(2)), but no
 * farther than the 1 % at which a quality check fails (ACR–SPR–SSR practice parameter, VI.B).
 */
export function earlierScan(exam: Patient, seed: number, index: number): Patient {
  const other = patientWith(seed + 1, index, exam.phantom.id)
  const random = seededRandom(`bench/earlier/${seed}/${index}`)
  const { mostSds } = OVER_MONTHS
  const moved = () => Math.max(-mostSds, Math.min(mostSds, random.gaussian()))
  const { scanner, acquisition } = exam
  const { rodDiameterMm, rodSpacingMm } = exam.phantom
  const a = { ...acquisition, fieldCenterXMm: 0 }
  return {
    ...exam,
    seed: other.seed,
    patient: { ...other.patient, trunkDepthMm: exam.patient.trunkDepthMm },
    spine: other.spine,
    tissue: other.tissue,
    phantom: { ...other.phantom, rodDiameterMm, rodSpacingMm, shiftYMm: exam.phantom.shiftYMm },
    acquisition: stretch(a, -30, 30),
    scanner: {
      ...scanner,
      mineralSlopeDriftPercent: scanner.mineralSlopeDriftPercent + OVER_MONTHS.percent * moved(),
      offsetHu: scanner.offsetHu + OVER_MONTHS.hu * moved(),
    },
  }
}

/** A field that holds the whole trunk, so that fat and air are in it. */
const wholeTrunk = (a: ExamParameters['acquisition']) => ({
  ...a,
  pixelSpacingMm: 0.82,
  fieldCenterXMm: 0,
  fieldCenterYMm: 14,
  sliceThicknessMm: 3,
  sliceSpacingMm: 3,
})

const NO_CONTRAST = {
  phase: 'none',
  enhancementHu: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 },
} as const

/** A patient on the one scanner of the tissue route, at 120 kVp, over its own phantom; or one with contrast medium. */
export function tissueExam(seed: number, index: number, contrast: 'none' | 'enhanced'): Patient {
  const random = seededRandom(`bench/tissue scanner/${seed}`)
  const scanner = {
    kvp: 120,
    mineralSlopeDriftPercent: random.between(-6, 6),
    offsetHu: random.between(-5, 5),
  } as const
  let at = index
  let patient = patientWith(seed + 2, at, 'mindways-model-3')
  while (contrast === 'enhanced' && patient.tissue.contrast.phase === 'none') {
    at += 1000
    patient = patientWith(seed + 2, at, 'mindways-model-3')
  }
  const { dualEnergy: _, ...single } = patient
  return {
    ...single,
    phantom: patient.phantom,
    tissue: contrast === 'none' ? { ...patient.tissue, contrast: NO_CONTRAST } : patient.tissue,
    scanner,
    acquisition: stretch(wholeTrunk(patient.acquisition), ...L3_MM),
  }
}

const HA_PHANTOMS = PHANTOM_IDS.filter((id) => !id.startsWith('mindways'))
/** Densities of an anthropomorphic spine phantom, mg HA/cm³, for L1, L2, L3. */
const INSERTS = { L1: 50, L2: 100, L3: 200 } as const

/** A pair of 80 and 140 kVp with 50, 100 and 200 mg HA/cm³ in L1 to L3; fat in the marrow of every other one. */
export function dualExam(seed: number, index: number): Patient {
  const patient = patientWith(seed + 3, index, HA_PHANTOMS[index % HA_PHANTOMS.length]!)
  const { noiseSdHu } = patient.image
  return {
    ...patient,
    scanner: { ...withoutHardening(patient.scanner), kvp: 80 },
    dualEnergy: { kvp: 140, noiseSdHu: Number((noiseSdHu * 0.7).toFixed(1)) },
    tissue: {
      ...patient.tissue,
      contrast: NO_CONTRAST,
      marrowFatFraction: index % 2 === 0 ? null : patient.tissue.marrowFatFraction,
    },
    spine: {
      ...patient.spine,
      levels: patient.spine.levels.map((level) => ({
        ...level,
        boneIsland: null,
        coreDensityMgPerCm3:
          level.level in INSERTS ? INSERTS[level.level as keyof typeof INSERTS] : level.coreDensityMgPerCm3,
      })),
    },
    acquisition: {
      ...stretch({ ...patient.acquisition, sliceThicknessMm: 3, sliceSpacingMm: 3 }, ...LEVELS_MM),
    },
  }
}
