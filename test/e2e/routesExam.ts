import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import template from '../../src/core/calibration/tissue/tissueDensities.json' with { type: 'json' }
import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { tissueParameters } from '../../src/demo/tissueParameterSchema.ts'
import { writeExam } from '../../src/demo/writeExam.ts'

/** A file as a browser is handed it. */
export interface HandedFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const json = (name: string, value: unknown): HandedFile => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(value)),
})

/** An exam on which every route calibrates, and the files that the routes beside its phantom need. */
export interface RoutesExam {
  /** Paths of the image files. */
  readonly images: readonly string[]
  readonly stored: HandedFile
  /** The same phantom scan on a scanner of another model: it must be refused. */
  readonly storedElsewhere: HandedFile
  readonly tissue: readonly HandedFile[]
  readonly regions: HandedFile
}

/** From the ribs to the sacrum at the coarsest pixels of clinical practice, with an 80 kVp series beside 120 kVp. */
const parameters: ExamParameters = {
  ...defaultExamParameters,
  acquisition: { ...defaultExamParameters.acquisition, columns: 256, rows: 256, pixelSpacingMm: 1.5 },
  phantom:
    defaultExamParameters.phantom === null ? null : { ...defaultExamParameters.phantom, id: 'b-mas-200' },
  tissue: tissueParameters.parse({ muscleHu: 57, subcutaneousFatHu: -101, bloodHu: 40 }),
  dualEnergy: { kvp: 80, noiseSdHu: 20 },
}

/** The stored line lies by this much above the true one: the routes then disagree beyond their doubt. */
const TOO_STEEP = 1.1

/**
 * Makes the exam and its files; lines and tissues are the truth of the digital exam.
 *
 * @param folder - Where the image files are written; they are too many to be handed over in memory.
 */
export async function routesExam(folder: string): Promise<RoutesExam> {
  const images: string[] = []
  const truth = await writeExam(parameters, async (path, bytes) => {
    const file = join(folder, path.replaceAll('/', '_'))
    await writeFile(file, bytes)
    images.push(file)
  })
  const exposure = truth.tissue?.exposures[0]
  const z = truth.levels.find(({ level }) => level === 'L2')?.seedLps[2]
  if (exposure === undefined || z === undefined) throw new Error('the exam states neither tissues nor L2')
  const { slopeMgPerCm3PerHu: slope, interceptMgPerCm3: intercept } = exposure
  const { acquisition, scanner } = parameters
  const stored = (model: string) => ({
    schemaVersion: 2,
    origin: null,
    key: { deviceSerial: 'DIGITAL-1', model, kvp: scanner.kvp, phantomSerial: 'P-1' },
    acquisition: {
      kernel: null,
      tableHeightMm: null,
      reconstructionDiameterMm: acquisition.columns * acquisition.pixelSpacingMm,
      sliceThicknessMm: acquisition.sliceThicknessMm,
      monoenergeticKev: null,
    },
    date: acquisition.studyDate,
    phantom: 'b-mas-200',
    mineral: 'HA',
    line: {
      slopeMgPerCm3PerHu: TOO_STEEP * slope,
      interceptMgPerCm3: intercept,
      residualSdMgPerCm3: 0.5,
      covariance: [1e-6, 0, 0.2],
    },
  })
  const reference = (meanHu: number) => ({ densityMgPerCm3: slope * meanHu + intercept, sdMgPerCm3: 4 })
  const at = (tissue: string, x: number, y: number, radiusMm: number) => ({
    tissue,
    centerLps: [x, y, z],
    radiusMm,
    heightMm: 24,
  })
  return {
    images,
    stored: json('stored.json', stored('Digital exam')),
    storedElsewhere: json('elsewhere.json', stored('Another model')),
    tissue: [
      json('densities.json', {
        ...template,
        source: { ...template.source, verification: 'user', verifiedBy: 'the test' },
      }),
      json('spread.json', {
        schemaVersion: 1,
        citation: 'assumed by the test',
        sdHu: { adipose: 6, skeletalMuscle: 6, blood: 6, corticalBone: 100 },
      }),
      json('reference.json', {
        schemaVersion: 1,
        origin: 'pre-calibration',
        mineral: 'HA',
        kvp: scanner.kvp,
        scans: 12,
        citation: 'truth of the digital exam',
        tissues: {
          air: reference(-1000),
          adipose: reference(exposure.subcutaneousFatHu),
          skeletalMuscle: reference(exposure.muscleHu),
          blood: reference(exposure.aortaHu),
        },
      }),
    ],
    // Places at which the digital trunk shows one tissue alone.
    regions: json('regions.json', {
      schemaVersion: 1,
      tissues: [
        at('air', -150, -125, 8),
        at('adipose', -150, 48, 5),
        at('skeletalMuscle', -118, 63, 6),
        at('blood', 10, -9, 6),
      ],
    }),
  }
}
