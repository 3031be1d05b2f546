import { QctError } from '../../core/errors.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { buildVolume } from '../../dicom/buildVolume.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import type { ExamRequest } from './examRequest.ts'
import type { ExamSource } from './examSource.ts'

/** The second series of a dual-energy pair with its volume, or why it has none. */
export type SecondSeries =
  | { readonly series: CtSeries; readonly volume: CtVolume }
  | { readonly error: QctError }

/**
 * Reads the second series of a dual-energy pair where the request asks for one.
 *
 * @param volumeOf - Gives its volume, for a caller that may hold it already; read from the files when left out.
 * @returns Null where it does not.
 * @throws {QctError} `SERIES_UNKNOWN` where the study has no such series; `CANCELLED`.
 */
export async function secondSeries(
  source: ExamSource,
  { calibration, dualEnergy }: ExamRequest,
  signal: AbortSignal | undefined,
  volumeOf: (series: CtSeries) => Promise<CtVolume> = async (series) =>
    (await buildVolume(series, signal === undefined ? {} : { signal })).volume,
): Promise<SecondSeries | null> {
  if (dualEnergy === null || (calibration !== 'dual-energy' && calibration !== 'all')) return null
  const known = source.kind === 'study' ? source.study.series : []
  const series = known.find(
    ({ id, seriesInstanceUid }) =>
      id === dualEnergy.otherSeriesUid || seriesInstanceUid === dualEnergy.otherSeriesUid,
  )
  if (series === undefined) throw new QctError('SERIES_UNKNOWN', { known: known.length })
  try {
    return { series, volume: await volumeOf(series) }
  } catch (error) {
    if (!(error instanceof QctError) || error.code === 'CANCELLED') throw error
    return { error }
  }
}
