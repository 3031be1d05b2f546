import { defaultExamParameters, type ExamParameters } from '../../../src/demo/examParameters.ts'
import { writeExam } from '../../../src/demo/writeExam.ts'
import type { CtStudy } from '../../../src/dicom/ctStudy.ts'
import type { NamedBlob } from '../../../src/dicom/namedBlob.ts'
import { openExam } from '../../../src/dicom/openExam.ts'

/** L1 and its neighbours at coarse pixels: a real DICOM exam in a second. */
const SMALL = {
  columns: 256,
  rows: 256,
  pixelSpacingMm: 1.5,
  sliceCount: 50,
  sliceThicknessMm: 2,
  sliceSpacingMm: 2,
  scanCenterZMm: 40,
} as const

/** An exam of the digital scanner, small. */
export function smallScan(
  changes: Partial<ExamParameters> & { readonly studyDate?: string } = {},
): ExamParameters {
  const { studyDate = '2026-03-02', ...rest } = changes
  return {
    ...defaultExamParameters,
    dose: null,
    ...rest,
    acquisition: { ...defaultExamParameters.acquisition, ...SMALL, studyDate },
  }
}

/** The same with the phantom alone on the table. */
export const phantomScan = (changes: Parameters<typeof smallScan>[0] = {}): ExamParameters =>
  smallScan({ phantomAlone: true, ...changes })

/** The files of a digital exam, as they would be dropped. */
export async function filesOf(parameters: ExamParameters): Promise<readonly NamedBlob[]> {
  const files: NamedBlob[] = []
  await writeExam(parameters, async (path, bytes) => {
    files.push({ path, blob: new Blob([bytes as Uint8Array<ArrayBuffer>]) })
  })
  return files
}

/** A digital exam as it is read from its files. */
export async function studyOf(parameters: ExamParameters): Promise<CtStudy> {
  const { studies } = await openExam(await filesOf(parameters))
  return studies[0]!
}

/** A study as it would be if its headers said something else. */
export const withHeaders = (
  study: CtStudy,
  change: Partial<CtStudy['series'][number]['acquisition']>,
): CtStudy => ({
  ...study,
  series: study.series.map((series) => ({ ...series, acquisition: { ...series.acquisition, ...change } })),
})
