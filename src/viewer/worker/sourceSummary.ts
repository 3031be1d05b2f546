import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import type { ExamSource } from '../../exam/pipeline/examSource.ts'
import { recordWarnings } from '../../exam/pipeline/recordWarning.ts'
import type { SeriesSummary, SourceSummary } from './examWorkerApi.ts'
import { failureOf } from './outcome.ts'

/** What the page shows of an exam before a pixel is read. */
export function sourceSummary(source: ExamSource, id: string): SourceSummary {
  if (source.kind === 'nifti')
    return {
      id,
      kind: 'nifti',
      patient: null,
      studyInstanceUid: '',
      studyDate: '',
      studyDescription: source.file.path.split('/').at(-1) ?? '',
      series: [],
      proposed: { seriesId: '', reasons: [] },
      refusal: null,
    }
  const { study } = source
  return {
    id,
    kind: 'study',
    patient: study.patient,
    studyInstanceUid: study.studyInstanceUid,
    studyDate: study.studyDate,
    studyDescription: study.studyDescription,
    series: study.series.map(seriesSummary),
    ...proposal(source),
  }
}

function proposal({
  study,
}: Extract<ExamSource, { kind: 'study' }>): Pick<SourceSummary, 'proposed' | 'refusal'> {
  try {
    const { series, reasons } = chooseSeries(study)
    return { proposed: { seriesId: series.id, reasons }, refusal: null }
  } catch (thrown) {
    return { proposed: null, refusal: failureOf(thrown) }
  }
}

function seriesSummary(series: CtSeries): SeriesSummary {
  const { geometry } = series
  const grid = geometry.status === 'refused' ? null : geometry.geometry
  const doubts = geometry.status === 'refused' ? [] : geometry.warnings
  return {
    id: series.id,
    seriesDescription: series.seriesDescription,
    seriesNumber: series.seriesNumber ?? null,
    images: series.frames.length,
    acquisition: series.acquisition,
    verdict: geometry.status,
    refusal: geometry.status === 'refused' ? failureOf(geometry.error) : null,
    size: grid?.size ?? null,
    sliceSpacingMm: grid?.spacing[2] ?? null,
    extentMm: grid === null ? null : (grid.size[2] - 1) * grid.spacing[2],
    warnings: recordWarnings([...series.warnings, ...doubts]),
  }
}
