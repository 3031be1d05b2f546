import { QctError } from '../../core/errors.ts'
import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import type { ExamSource } from '../../exam/pipeline/examSource.ts'
import type { CalibrationWithQuality } from '../../exam/record/calibrationInputs.ts'
import { storedCalibrationsFor } from '../../registry/calibrations.ts'
import type { RegistryDatabase } from '../../registry/tables.ts'
import { withRegistry } from '../calibration/withRegistry.ts'

/**
 * What is asked of each exam when kept calibrations are used: the request, and after what its files hold every calibration in use
 * of the scan's model and voltage. The registry is let go of before anything is measured.
 *
 * @param data - Data folder; true: the usual one.
 * @throws {QctError} What `withRegistry` and `storedCalibrationsFor` throw, `REGISTRY_OWNED` while a server runs on the folder.
 */
export async function keptRequests(
  sources: readonly ExamSource[],
  request: ExamRequest,
  data: string | true,
): Promise<(source: ExamSource) => ExamRequest> {
  const { asynchronous } = request
  if (asynchronous === null) return () => request
  const kept = await withRegistry(data === true ? undefined : data, async ({ database }) => {
    const found = new Map<ExamSource, CalibrationWithQuality[]>()
    for (const source of sources) found.set(source, await keptFor(database, measuredSeries(source, request)))
    return found
  })
  return (source) => ({
    ...request,
    asynchronous: { ...asynchronous, stored: [...asynchronous.stored, ...(kept.get(source) ?? [])] },
  })
}

async function keptFor(
  database: RegistryDatabase,
  series: CtSeries | null,
): Promise<CalibrationWithQuality[]> {
  const { manufacturerModelName: model, kvp, deviceSerialNumber } = series?.acquisition ?? {}
  // No stored calibration serves a scan that does not state both.
  if (model === undefined || kvp === undefined) return []
  const key = { model, kvp, deviceSerial: deviceSerialNumber ?? null }
  const kept = await storedCalibrationsFor(database, key)
  return kept.map(({ stored, quality }) => ({ calibration: stored, quality: [...quality] }))
}

/** The series that the analysis will measure; null for a volume without headers, and where none can be measured. */
function measuredSeries(source: ExamSource, { seriesUid }: ExamRequest): CtSeries | null {
  if (source.kind === 'nifti') return null
  try {
    return chooseSeries(source.study, seriesUid === null ? {} : { series: seriesUid }).series
  } catch (error) {
    if (error instanceof QctError) return null // the analysis refuses it with its reason
    throw error
  }
}
