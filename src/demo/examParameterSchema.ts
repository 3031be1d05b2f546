import { z } from 'zod'
import { VERTEBRAL_LEVELS } from '../core/units.ts'
import { PHANTOM_IDS } from './phantomModels.ts'
import { tissueParameters } from './tissueParameterSchema.ts'

const patient = z.strictObject({
  patientId: z.string().max(64),
  patientName: z.string().max(64),
  patientBirthDate: z.iso.date(),
  patientSex: z.enum(['F', 'M']),
  /** Full width and depth of the trunk at the waist. */
  trunkWidthMm: z.number().min(260).max(460),
  trunkDepthMm: z.number().min(190).max(320),
  subcutaneousFatMm: z.number().min(4).max(50),
})

const acquisition = z.strictObject({
  studyDate: z.iso.date(),
  columns: z.int().min(32).max(1024),
  rows: z.int().min(32).max(1024),
  pixelSpacingMm: z.number().min(0.2).max(3),
  sliceCount: z.int().min(2).max(1500),
  sliceThicknessMm: z.number().min(0.3).max(10),
  /** Distance of neighbouring slices: the thickness, or less where slices overlap (at least half of it). */
  sliceSpacingMm: z.number().min(0.3).max(10),
  /** Centre of the reconstructed field, from the centre of the trunk (left, back). */
  fieldCenterXMm: z.number().min(-200).max(200),
  fieldCenterYMm: z.number().min(-200).max(200),
  /** Middle of the scan, from the middle of L3 to the head. */
  scanCenterZMm: z.number().min(-600).max(600),
  /** LPS z of the middle of L3: where the table stood when the scan began. */
  tablePositionZMm: z.number().min(-3000).max(3000),
})

const image = z.strictObject({
  /** SD of the noise of the soft-kernel series, after its correlation. */
  noiseSdHu: z.number().min(0).max(200),
  /** SD of the in-plane point spread, pixel aperture included. */
  blurSigmaMm: z.number().min(0.2).max(3),
})

const tubeVoltage = z.union([z.literal(80), z.literal(100), z.literal(120), z.literal(140)])

const scanner = z.strictObject({
  kvp: tubeVoltage,
  /** Drift of the HU per mg/cm³ of mineral, against the nominal of that voltage. */
  mineralSlopeDriftPercent: z.number().min(-20).max(20),
  offsetHu: z.number().min(-40).max(40),
  /** How much of the beam hardening the scanner leaves uncorrected; none when not named. */
  beamHardeningPercent: z.number().min(0).max(100).optional(),
})

/** A second spiral of the same patient in the same place. */
const dualEnergy = z.strictObject({
  kvp: tubeVoltage,
  /** SD of the noise of its series. */
  noiseSdHu: z.number().min(0).max(200),
})

const phantom = z.strictObject({
  id: z.enum(PHANTOM_IDS),
  rodDiameterMm: z.number().min(12).max(20),
  rodSpacingMm: z.number().min(20).max(50),
  /** Shift of the holder from its place in the middle under the back (left, back). */
  shiftXMm: z.number().min(-60).max(60),
  shiftYMm: z.number().min(-5).max(20),
  /** Small rotations about the axes of the world. */
  rotationXDeg: z.number().min(-10).max(10),
  rotationYDeg: z.number().min(-10).max(10),
  rotationZDeg: z.number().min(-10).max(10),
  /** CT number of the holder's plastic. */
  holderHu: z.number().min(-100).max(200),
  /** The end meant for the head points to the feet, so the row of rods is seen in reverse. */
  turnedEndForEnd: z.boolean(),
})

/** What the scanner says of itself in the headers. */
const device = z.strictObject({
  manufacturerModelName: z.string().min(1).max(64),
  deviceSerialNumber: z.string().min(1).max(64),
  stationName: z.string().min(1).max(16),
  tableHeightMm: z.number().min(0).max(400),
})

/** What the digital scanner says of itself unless told otherwise. */
export const USUAL_DEVICE: z.infer<typeof device> = {
  manufacturerModelName: 'Digital exam',
  deviceSerialNumber: 'DIGITAL-1',
  stationName: 'DIGITALCT',
  tableHeightMm: 150,
}

const boneIsland = z.strictObject({
  /** Place in the body: left, front, up from its middle. */
  leftMm: z.number().min(-25).max(25),
  anteriorMm: z.number().min(-20).max(20),
  cranialMm: z.number().min(-14).max(14),
  diameterMm: z.number().min(2).max(12),
  densityMgPerCm3: z.number().min(100).max(1200),
})

const dose = z.strictObject({
  /** CTDIvol the digital scanner states for the spiral, in the 32 cm phantom. */
  ctdiVolMgy: z.number().min(0.01).max(200),
  /** The same for the localizer. */
  localizerCtdiVolMgy: z.number().min(0.01).max(5),
  /** How much more than the imaged length the spiral irradiates, both ends together. */
  overrangeMm: z.number().min(0).max(100),
})

/** What the digital scanner states of its dose unless told otherwise. A choice, not a protocol. */
const STATED_DOSE: z.infer<typeof dose> = { ctdiVolMgy: 6.8, localizerCtdiVolMgy: 0.11, overrangeMm: 34 }

const level = z.strictObject({
  level: z.enum(VERTEBRAL_LEVELS),
  /** Density in the very middle of the body before vein, island and texture. */
  coreDensityMgPerCm3: z.number().min(0).max(400),
  boneIsland: boneIsland.nullable(),
})

const spine = z.strictObject({
  /** Size of every vertebra against the standard one. */
  sizeScale: z.number().min(0.8).max(1.2),
  /** Middle of L3, from the centre of the trunk (left, back). */
  centerXMm: z.number().min(-40).max(40),
  centerYMm: z.number().min(-40).max(60),
  /** Angle between the axes of T12 and L5. */
  lordosisDeg: z.number().min(0).max(60),
  /** Tilt of the whole column: to the front, to the left, turned to the left. */
  sagittalTiltDeg: z.number().min(-15).max(15),
  coronalTiltDeg: z.number().min(-20).max(20),
  axialRotationDeg: z.number().min(-15).max(15),
  levels: z.array(level).length(VERTEBRAL_LEVELS.length),
  /** How much denser the trabecular bone is at the endplates than in the middle. */
  endplateExcessPercent: z.number().min(0).max(80),
  /** How much is missing in the middle of the basivertebral vein. */
  veinDeficitPercent: z.number().min(0).max(90),
  /** SD of the trabecular texture. */
  texturePercent: z.number().min(0).max(30),
  corticalDensityMgPerCm3: z.number().min(200).max(1400),
  wallThicknessMm: z.number().min(0.3).max(2),
  endplateThicknessMm: z.number().min(0.3).max(2),
})

/** 1 GiB of 16-bit voxels: what one exam may take in memory. */
const MAX_VOXELS = 2 ** 29

/**
 * Everything that decides a digital exam. Lengths in mm, angles in degrees; the same parameters give the same bytes.
 *
 * The trunk stands at x = y = 0 of the world; z = 0 of the parameters is the middle of L3, which lies at
 * `acquisition.tablePositionZMm` in LPS.
 */
export const ExamParameters = z
  .strictObject({
    schemaVersion: z.literal(1),
    /** Root of noise, texture, bowel and UIDs. */
    seed: z
      .int()
      .min(0)
      .max(2 ** 48),
    patient,
    acquisition,
    image,
    scanner,
    phantom: phantom.nullable(),
    /** Null for an exam without a dose report. Parameters of earlier versions do not name it. */
    dose: dose.nullable().default(STATED_DOSE),
    spine,
    /**
     * The patient's own tissues, and CT numbers that follow from the beam. An exam that does not name them has the same
     * soft tissue at every voltage; it has no default, so that such an exam keeps its bytes.
     */
    tissue: tissueParameters.optional(),
    dualEnergy: dualEnergy.optional(),
    /** The phantom lies alone on the table. Like `device` without a default, so that exams of old keep their bytes. */
    phantomAlone: z.literal(true).optional(),
    /** Another scanner than the usual one. */
    device: device.optional(),
  })
  .superRefine(({ acquisition: a, phantom: p, spine: s, ...rest }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    if (a.sliceSpacingMm > a.sliceThicknessMm || a.sliceSpacingMm < a.sliceThicknessMm / 2)
      fault(['acquisition', 'sliceSpacingMm'], 'must lie between half the slice thickness and the thickness')
    if (a.columns * a.rows * a.sliceCount > MAX_VOXELS)
      fault(['acquisition', 'sliceCount'], `columns × rows × slices must not exceed ${MAX_VOXELS}`)
    if (p !== null && p.rodSpacingMm < p.rodDiameterMm + 2)
      fault(['phantom', 'rodSpacingMm'], 'must leave 2 mm of plastic between the rods')
    const { scanner, tissue, dualEnergy: second } = rest
    if (rest.phantomAlone && p === null) fault(['phantom'], 'is needed where it lies alone')
    if (rest.phantomAlone && tissue !== undefined)
      fault(['tissue'], 'has no place where the phantom lies alone')
    if (second !== undefined && tissue === undefined)
      fault(['dualEnergy'], 'needs tissue: only stated tissues follow the voltage')
    if (second !== undefined && second.kvp === scanner.kvp)
      fault(['dualEnergy', 'kvp'], 'must differ from scanner.kvp')
    if (
      tissue?.contrast.phase === 'none' &&
      Object.values(tissue.contrast.enhancementHu).some((added) => added !== 0)
    )
      fault(['tissue', 'contrast', 'enhancementHu'], 'must be 0 in every tissue without contrast medium')
    s.levels.forEach(({ level: name }, index) => {
      if (name !== VERTEBRAL_LEVELS[index])
        fault(['spine', 'levels', index, 'level'], `must be ${VERTEBRAL_LEVELS[index]}`)
    })
  })

/** Everything that decides a digital exam. */
export type ExamParameters = z.infer<typeof ExamParameters>

/** A 68-year-old woman on a Mindways phantom: 300 slices of 1 mm, 120 kVp, no drift worth speaking of. */
export const defaultExamParameters: ExamParameters = {
  schemaVersion: 1,
  seed: 1,
  patient: {
    patientId: 'DEMO-1',
    patientName: 'DEMO^DIGITAL',
    patientBirthDate: '1957-05-14',
    patientSex: 'F',
    trunkWidthMm: 330,
    trunkDepthMm: 220,
    subcutaneousFatMm: 16,
  },
  acquisition: {
    studyDate: '2026-03-02',
    columns: 512,
    rows: 512,
    pixelSpacingMm: 0.78,
    sliceCount: 300,
    sliceThicknessMm: 1,
    sliceSpacingMm: 1,
    fieldCenterXMm: 0,
    fieldCenterYMm: 18,
    scanCenterZMm: 10,
    tablePositionZMm: -412.5,
  },
  image: { noiseSdHu: 18, blurSigmaMm: 0.6 },
  scanner: { kvp: 120, mineralSlopeDriftPercent: -3, offsetHu: 4 },
  dose: STATED_DOSE,
  phantom: {
    id: 'mindways-model-3',
    rodDiameterMm: 16,
    rodSpacingMm: 34,
    shiftXMm: 4,
    shiftYMm: 0,
    rotationXDeg: 0.8,
    rotationYDeg: -0.6,
    rotationZDeg: 1.1,
    holderHu: 30,
    turnedEndForEnd: false,
  },
  spine: {
    sizeScale: 1,
    centerXMm: 2,
    centerYMm: 18,
    lordosisDeg: 34,
    sagittalTiltDeg: 1,
    coronalTiltDeg: 3,
    axialRotationDeg: 2,
    levels: VERTEBRAL_LEVELS.map((name, index) => ({
      level: name,
      coreDensityMgPerCm3: [104, 101, 97, 95, 98, 106][index]!,
      boneIsland:
        name === 'L4'
          ? { leftMm: -9, anteriorMm: 5, cranialMm: 6, diameterMm: 5, densityMgPerCm3: 480 }
          : null,
    })),
    endplateExcessPercent: 35,
    veinDeficitPercent: 45,
    texturePercent: 6,
    corticalDensityMgPerCm3: 700,
    wallThicknessMm: 1,
    endplateThicknessMm: 0.9,
  },
}
