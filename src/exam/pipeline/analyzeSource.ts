import { QctError, type QctWarning } from '../../core/errors.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { type BuiltVolume, buildVolume } from '../../dicom/buildVolume.ts'
import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import { readNifti } from '../../dicom/readNifti.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import { analyzeExam } from './analyzeExam.ts'
import { draftContext } from './draftContext.ts'
import type { ExamContext } from './examContext.ts'
import type { ExamRequest } from './examRequest.ts'
import { type ExamSource, examDigest } from './examSource.ts'
import type { ExamHooks } from './examStep.ts'
import { refusedRecord } from './refusedRecord.ts'
import { secondSeries } from './secondSeries.ts'

/** An analysed exam: its record, the volume it was measured on, and what refused it. */
export interface ExamOutcome {
  readonly record: ExamRecord
  /** Null when the exam was refused before a series became a volume. */
  readonly volume: CtVolume | null
  /** The failure behind a refusal. */
  readonly error?: QctError
}

/** What the caller adds to the hooks: doubts from its side, for example unknown keys of an option file. */
export interface AnalyzeSourceHooks extends ExamHooks {
  readonly warnings?: readonly QctWarning[]
  /** Gives the volume of the chosen series, for a caller that holds it already; read from the files when left out. */
  readonly volumeOf?: (series: CtSeries | null) => Promise<BuiltVolume>
  /** The same for the second series of a dual-energy pair. */
  readonly secondVolumeOf?: (series: CtSeries) => Promise<CtVolume>
}

/**
 * Analyses one study or volume from its bytes to its record.
 *
 * Expected failures become a refused record that holds all that was known until then. Pure of file I/O: it reads
 * blobs, so it runs in a browser worker as in Node.
 *
 * @throws {QctError} `CANCELLED` only.
 */
export async function analyzeSource(
  source: ExamSource,
  request: ExamRequest,
  hooks: AnalyzeSourceHooks = {},
): Promise<ExamOutcome> {
  let context = draftContext(source, request, await examDigest(source, request), hooks.warnings ?? [])
  let volume: CtVolume | null = null
  try {
    hooks.onProgress?.({ name: 'read' })
    if (source.kind === 'study') context = withChosenSeries(context, source, request)
    const built = await volumeOf(source, context, hooks)
    volume = built.volume
    const second = await secondSeries(source, request, hooks.signal, hooks.secondVolumeOf)
    context = { ...context, second, warnings: [...context.warnings, ...built.warnings] }
    return { record: await analyzeExam(volume, context, request, hooks), volume }
  } catch (thrown) {
    const error = asQctError(thrown, hooks.signal)
    if (error.code === 'CANCELLED') throw error
    return { record: refusedRecord(context, request, error, volume?.geometry), volume, error }
  }
}

/** A fault of our own is a refusal too: the batch goes on, and nobody takes its numbers for measured. */
function asQctError(thrown: unknown, signal: AbortSignal | undefined): QctError {
  if (thrown instanceof QctError) return thrown
  if (signal?.aborted === true) return new QctError('CANCELLED', {}, { cause: thrown })
  const problem = thrown instanceof Error ? thrown.name : typeof thrown
  return new QctError('UNEXPECTED', { problem }, { cause: thrown })
}

function withChosenSeries(
  context: ExamContext,
  { study }: Extract<ExamSource, { kind: 'study' }>,
  { seriesUid }: ExamRequest,
): ExamContext {
  const choice = chooseSeries(study, seriesUid === null ? {} : { series: seriesUid })
  return {
    ...context,
    series: choice.series,
    voltages: [
      ...new Set(
        study.series
          .filter(({ seriesInstanceUid }) => seriesInstanceUid === choice.series.seriesInstanceUid)
          .map(({ acquisition }) => acquisition.kvp ?? null),
      ),
    ],
    seriesDecision: {
      id: choice.series.id,
      chosenBy: seriesUid === null ? 'program' : 'caller',
      reasons: [...choice.reasons],
      otherSeries: study.series.filter(({ id }) => id !== choice.series.id).map(otherSeries),
    },
    warnings: [...context.warnings, ...choice.warnings],
  }
}

function volumeOf(source: ExamSource, { series }: ExamContext, hooks: AnalyzeSourceHooks) {
  const { signal, onProgress } = hooks
  if (hooks.volumeOf !== undefined) return hooks.volumeOf(series)
  if (source.kind === 'nifti') return readNifti(source.file)
  if (series === null) throw new QctError('NO_CT_IMAGES', { files: 0 })
  return buildVolume(series, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (decoded, total) => onProgress?.({ name: 'read' }, decoded / total),
  })
}

const otherSeries = ({ id, seriesDescription, geometry }: CtSeries) => ({
  id,
  seriesDescription,
  reasons: geometry.status === 'refused' ? [geometry.error.message] : [],
})
