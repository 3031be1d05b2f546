import { kvp, mm } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import { defaultExamParameters, type ExamParameters } from '../../../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../../../src/demo/examTruth.ts'
import { renderExam } from '../../../../src/demo/renderExam.ts'
import type { CtSeries } from '../../../../src/dicom/ctStudy.ts'
import type { ExamContext } from '../../../../src/exam/pipeline/examContext.ts'
import { type ExamRequest, PLAIN_REQUEST } from '../../../../src/exam/pipeline/examRequest.ts'
import { plainContext } from '../plainContext.ts'

/** L1 and L2 at the coarsest pixels of clinical practice: rendered in a second. */
export const smallField = (changes: Partial<ExamParameters> = {}): ExamParameters => ({
  ...defaultExamParameters,
  ...changes,
  acquisition: {
    ...defaultExamParameters.acquisition,
    columns: 256,
    rows: 256,
    pixelSpacingMm: 1.5,
    sliceCount: 90,
    scanCenterZMm: 50,
  },
})

/** A rendered exam as the pipeline is given it, its header facts those of the digital scanner. */
export interface RouteExam {
  readonly parameters: ExamParameters
  readonly volume: CtVolume
  readonly truth: ExamTruth
  readonly context: ExamContext
  /** The request with the true seeds, so that nothing but the calibration is under test. */
  readonly request: (change: Partial<ExamRequest>) => ExamRequest
}

/** The header of a series of the digital scanner. */
export const digitalSeries = (
  volume: CtVolume,
  voltage: number,
  id = '1.2',
  facts: Partial<CtSeries['acquisition']> = {},
): CtSeries => ({
  id,
  seriesInstanceUid: id,
  seriesDescription: 'Spine QCT soft',
  frameOfReferenceUid: '1.9',
  acquisition: {
    imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    manufacturerModelName: 'Digital exam',
    deviceSerialNumber: 'DIGITAL-1',
    kvp: kvp(voltage),
    convolutionKernel: 'STANDARD',
    sliceThickness: mm(1),
    tableHeight: mm(150),
    reconstructionDiameter: mm(384),
    acquisitionDate: '2026-03-02',
    ...facts,
  },
  frames: [],
  geometry: { status: 'sound', geometry: volume.geometry, warnings: [] },
  warnings: [],
})

/** Renders an exam and states what its headers would. */
export function routeExam(changes: Partial<ExamParameters> = {}): RouteExam {
  const parameters = smallField(changes)
  const { volume, truth } = renderExam(parameters)
  const spine = truth.levels.map(({ level, seedLps }) => ({ level, centerLps: seedLps }))
  return {
    parameters,
    volume,
    truth,
    context: { ...plainContext, series: digitalSeries(volume, parameters.scanner.kvp) },
    request: (change) => ({
      ...PLAIN_REQUEST,
      roiFile: { schemaVersion: 1, spine, rods: [] },
      ...change,
    }),
  }
}
