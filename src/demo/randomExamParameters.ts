import { VERTEBRAL_LEVELS } from '../core/units.ts'
import { defaultExamParameters, type ExamParameters } from './examParameterSchema.ts'
import { PHANTOM_IDS, PHANTOM_MODELS } from './phantomModels.ts'
import { PAD_THICKNESS } from './phantomPlacement.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'
import { placeColumn } from './spineColumn.ts'

/** Sections of the parameters that replace the drawn ones. */
export type ExamParameterOverrides = Partial<ExamParameters>

/** Slice thicknesses that scanners offer, in mm. */
const THICKNESSES = [0.6, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5] as const
/** Steepest tilt of a measured vertebra, in degrees. */
const MAX_TILT_DEG = 20

const round = (value: number, digits: number) => Number(value.toFixed(digits))

function drawSpine(random: SeededRandom): ExamParameters['spine'] {
  // The protocol's VOI reads a little above the middle of the body, so this spans 40–200 mg/cm³ there.
  const density = random.between(40, 200)
  let spine: ExamParameters['spine'] = {
    ...defaultExamParameters.spine,
    sizeScale: round(random.between(0.9, 1.1), 3),
    centerXMm: round(random.between(-8, 8), 1),
    centerYMm: round(random.between(12, 22), 1),
    lordosisDeg: round(random.between(15, 44), 1),
    sagittalTiltDeg: round(random.between(-6, 6), 1),
    coronalTiltDeg: round(random.between(-17, 17), 1),
    axialRotationDeg: round(random.between(-8, 8), 1),
    levels: VERTEBRAL_LEVELS.map((level) => ({
      level,
      coreDensityMgPerCm3: round(density * (0.97 + 0.035 * random.gaussian()), 1),
      boneIsland:
        random.uniform() < 0.1
          ? {
              leftMm: round(random.between(-14, 14), 1),
              anteriorMm: round(random.between(-8, 10), 1),
              cranialMm: round(random.between(-8, 8), 1),
              diameterMm: round(random.between(4, 6), 1),
              densityMgPerCm3: round(random.between(350, 600), 0),
            }
          : null,
    })),
    veinDeficitPercent: round(random.between(30, 60), 0),
    texturePercent: round(random.between(3, 8), 1),
    corticalDensityMgPerCm3: round(random.between(550, 800), 0),
    wallThicknessMm: round(random.between(0.8, 1.3), 2),
    endplateThicknessMm: round(random.between(0.6, 1.1), 2),
  }
  const steepest = (candidate: ExamParameters['spine']) =>
    Math.max(
      ...placeColumn({ ...defaultExamParameters, spine: candidate })
        .filter(({ name }) => (VERTEBRAL_LEVELS as readonly string[]).includes(name))
        .map(({ cranial }) => (Math.acos(cranial[2]) * 180) / Math.PI),
    )
  while (steepest(spine) > MAX_TILT_DEG) {
    spine = {
      ...spine,
      lordosisDeg: round(spine.lordosisDeg * 0.94, 1),
      sagittalTiltDeg: round(spine.sagittalTiltDeg * 0.94, 1),
      coronalTiltDeg: round(spine.coronalTiltDeg * 0.94, 1),
    }
  }
  return spine
}

function drawPhantom(random: SeededRandom, fieldMm: number): NonNullable<ExamParameters['phantom']> {
  const id = random.pick(PHANTOM_IDS)
  const rodDiameterMm = round(random.between(12, 20), 1)
  const gaps = PHANTOM_MODELS[id].rods.length - 1
  // the row, its shift and its turn must stay in the field, with 8 mm of plastic round the outermost rods
  const room = Math.min(300, fieldMm - 2 * 14 - rodDiameterMm - 16)
  const widest = Math.min(50, room / gaps)
  const narrowest = Math.max(20, rodDiameterMm + 5)
  return {
    id,
    rodDiameterMm,
    rodSpacingMm: round(random.between(narrowest, Math.max(narrowest, widest)), 1),
    shiftXMm: round(random.between(-12, 12), 1),
    shiftYMm: round(random.between(0, 8), 1),
    rotationXDeg: round(random.between(-2.5, 2.5), 2),
    rotationYDeg: round(random.between(-2.5, 2.5), 2),
    rotationZDeg: round(random.between(-4, 4), 2),
    holderHu: round(random.between(-25, 60), 0),
    turnedEndForEnd: random.uniform() < 0.5,
  }
}

/**
 * Draws the parameters of one exam of a series of exams: density, noise, pose, slices, phantom and scanner vary
 * over the ranges the benchmarks ask for.
 *
 * @param seed - Names the series of exams; any whole number.
 * @param index - Which exam of the series.
 * @param overrides - Whole sections that replace what was drawn (for example `phantom: null`).
 */
export function randomExamParameters(
  seed: number,
  index: number,
  overrides: ExamParameterOverrides = {},
): ExamParameters {
  const random = seededRandom(`exam/${seed}/${index}`)
  const spine = drawSpine(random)
  const pixelSpacingMm = round(random.between(0.5, 1), 3)
  const field = pixelSpacingMm * 512
  const phantom = drawPhantom(random, field)
  const thickness = random.pick(THICKNESSES)
  const spacing = random.uniform() < 0.2 ? round(thickness * random.pick([0.5, 0.6, 0.8]), 2) : thickness
  // thin slices cover the levels that are measured, thick ones the whole trunk
  const cover = spacing < 0.9 ? 175 : random.between(250, 300)
  const trunkWidthMm = round(random.between(300, 380), 0)
  const trunkDepthMm = round(random.between(205, 245), 0)
  // the field holds phantom and spine: its lower edge just below the phantom unless it is wide enough for all
  const lowest = trunkDepthMm / 2 + PAD_THICKNESS + phantom.rodDiameterMm + 12 + phantom.shiftYMm + 14
  const fieldCenterYMm = round(Math.max(10, lowest - field / 2), 1)
  return {
    schemaVersion: 1,
    seed: (Math.abs(Math.trunc(seed)) % 2 ** 24) * 4096 + (index % 4096),
    patient: {
      ...defaultExamParameters.patient,
      patientId: `DEMO-${seed}-${index}`,
      patientSex: random.uniform() < 0.5 ? 'F' : 'M',
      trunkWidthMm,
      trunkDepthMm,
      subcutaneousFatMm: round(random.between(8, 26), 0),
    },
    acquisition: {
      ...defaultExamParameters.acquisition,
      pixelSpacingMm,
      sliceThicknessMm: thickness,
      sliceSpacingMm: spacing,
      sliceCount: Math.ceil(cover / spacing),
      fieldCenterXMm: round(random.between(-4, 4), 1),
      fieldCenterYMm,
      scanCenterZMm: round(spacing < 0.9 ? random.between(18, 26) : random.between(-6, 10), 1),
      tablePositionZMm: round(random.between(-900, 300), 2),
    },
    image: {
      noiseSdHu: round(random.between(10, 30), 1),
      blurSigmaMm: round(random.between(0.4, 0.8), 2),
    },
    scanner: {
      kvp: random.pick([120, 120, 120, 120, 120, 120, 80, 100, 140]),
      mineralSlopeDriftPercent: round(random.between(-8, 8), 1),
      offsetHu: round(random.between(-12, 12), 1),
    },
    dose: {
      ctdiVolMgy: round(random.between(2, 12), 2),
      localizerCtdiVolMgy: round(random.between(0.05, 0.2), 2),
      overrangeMm: round(random.between(0, 50), 1),
    },
    phantom,
    spine,
    ...overrides,
  }
}
