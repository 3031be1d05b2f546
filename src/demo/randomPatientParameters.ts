import type { ExamParameters } from './examParameterSchema.ts'
import { type ExamParameterOverrides, randomExamParameters } from './randomExamParameters.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'
import type { TissueParameters } from './tissueParameterSchema.ts'

/** SD over patients of the CT number of muscle, fat and blood, in HU; no patient lies beyond 2.5 of them. */
const TISSUE_SD_HU = 6
const MOST_SD = 2.5

/** What contrast medium adds at 120 kVp in the middle of its phase, in HU. Choices that look like a scan. */
const ENHANCEMENT = {
  none: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 },
  arterial: { aorta: 260, venaCava: 40, muscle: 6, marrow: 6 },
  'portal venous': { aorta: 110, venaCava: 105, muscle: 16, marrow: 12 },
  delayed: { aorta: 60, venaCava: 60, muscle: 14, marrow: 8 },
} as const

const round = (value: number, digits: number) => Number(value.toFixed(digits))

function drawTissue(random: SeededRandom): TissueParameters {
  const around = (mean: number) => {
    const sd = Math.max(-MOST_SD, Math.min(MOST_SD, random.gaussian()))
    return round(mean + TISSUE_SD_HU * sd, 1)
  }
  const phase = random.pick([
    'none',
    'none',
    'arterial',
    'portal venous',
    'portal venous',
    'delayed',
  ] as const)
  const strength = random.between(0.7, 1.3)
  const { aorta, venaCava, muscle, marrow } = ENHANCEMENT[phase]
  const enhanced = (hu: number) => round(hu * strength, 1)
  return {
    muscleHu: around(54),
    subcutaneousFatHu: around(-104),
    visceralFatHu: around(-98),
    bloodHu: around(41),
    marrowFatFraction: round(random.between(0.2, 0.6), 3),
    contrast: {
      phase,
      enhancementHu: {
        aorta: enhanced(aorta),
        venaCava: enhanced(venaCava),
        muscle: enhanced(muscle),
        marrow: enhanced(marrow),
      },
    },
  }
}

/**
 * Draws one exam of a series as `randomExamParameters` does, of a patient with tissues of their own: muscle, fat and
 * blood with an SD of about 6 HU, marrow fat of 20–60 %, a contrast phase, any tube voltage, in one exam of four an
 * 80/140 kVp pair, and in every other one beam hardening of which up to a quarter is left.
 *
 * @param seed - Names the series of exams; any whole number.
 * @param index - Which exam of the series.
 * @param overrides - Whole sections that replace what was drawn.
 */
export function randomPatientParameters(
  seed: number,
  index: number,
  overrides: ExamParameterOverrides = {},
): ExamParameters {
  const base = randomExamParameters(seed, index)
  // a stream of its own: what is drawn here moves nothing that the exam draws
  const random = seededRandom(`patient/${seed}/${index}`)
  const tissue = drawTissue(random)
  const isPair = random.uniform() < 0.25
  const kvp = random.pick([80, 100, 120, 140] as const)
  const isHardened = random.uniform() < 0.5
  const left = round(random.between(2, 25), 0)
  return {
    ...base,
    scanner: {
      ...base.scanner,
      kvp: isPair ? 80 : kvp,
      ...(isHardened ? { beamHardeningPercent: left } : {}),
    },
    tissue,
    ...(isPair ? { dualEnergy: { kvp: 140, noiseSdHu: round(base.image.noiseSdHu * 0.7, 1) } } : {}),
    ...overrides,
  }
}
