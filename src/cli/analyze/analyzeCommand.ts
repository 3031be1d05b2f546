import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamDrop } from '../../dicom/ctStudy.ts'
import type { NamedBlob } from '../../dicom/namedBlob.ts'
import { openPaths } from '../../dicom/node/openPaths.ts'
import { openExam } from '../../dicom/openExam.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import { type ExamSource, examSources, isNiftiName } from '../../exam/pipeline/examSource.ts'
import { probeOutputFolder } from '../outputFolder.ts'
import { processTerminal, type Terminal } from '../terminal.ts'
import type { AnalyzeCall } from './analyzeCall.ts'
import { analyzeCohort } from './analyzeCohort.ts'
import { analyzeOne } from './analyzeOne.ts'
import { type AnalyzeOptions, requestOf } from './analyzeOptions.ts'
import { keptRequests } from './keptRequests.ts'

/**
 * `trabecula analyze`: reads what the paths hold, measures every study in it, and writes the results.
 *
 * @returns The exit code.
 * @throws {QctError} Every fault of input or usage, by code.
 */
export async function analyzeCommand(paths: readonly string[], options: AnalyzeOptions): Promise<number> {
  const terminal = processTerminal(options.quiet === true)
  const { request, warnings } = requestOf(options)
  probeOutputFolder(options.out)

  terminal.progress(phrase('cli.step.open'))
  const files = await openPaths(paths)
  const sources = await sourcesOf(files, request, terminal)
  const [only] = sources
  if (sources.length > 1) refuseOneExamOptions(request, sources.length)
  const requestFor =
    options.data === undefined ? () => request : await keptRequests(sources, request, options.data)
  const call: AnalyzeCall = { requestFor, warnings, out: options.out, terminal }
  return sources.length === 1 && only !== undefined
    ? analyzeOne(only, call)
    : analyzeCohort(sources, call, options.resume)
}

async function sourcesOf(
  files: readonly NamedBlob[],
  request: ExamRequest,
  terminal: Terminal,
): Promise<readonly ExamSource[]> {
  const nifti = files.filter(({ path }) => isNiftiName(path))
  const drop = await openExam(
    files.filter(({ path }) => !isNiftiName(path)),
    { onProgress: (done, total) => terminal.progress(phrase('cli.step.open'), done / total) },
  )
  const sources = examSources(drop, nifti)
  if (sources.length === 0) {
    const failure = nothingToMeasure(drop, files.length)
    if (failure.code === 'NO_CT_IMAGES')
      for (const line of setAsideLines(drop.setAside)) terminal.complain(line)
    throw failure
  }
  if (drop.setAside.length > 0)
    terminal.complain(phrase('cli.printed.setAside', { count: drop.setAside.length, files: files.length }))
  if (request.seriesUid === null) return sources
  const holders = sources.filter(
    (source) =>
      source.kind === 'study' &&
      source.study.series.some(
        ({ id, seriesInstanceUid }) => id === request.seriesUid || seriesInstanceUid === request.seriesUid,
      ),
  )
  if (holders.length === 0) throw new QctError('SERIES_UNKNOWN', { known: countSeries(sources) })
  return holders
}

const countSeries = (sources: readonly ExamSource[]) =>
  sources.reduce((sum, source) => sum + (source.kind === 'study' ? source.study.series.length : 0), 0)

/** At most this many kinds of set-aside files are told apart on the terminal. */
const MOST_KINDS = 5

/** Why files were set aside, each kind once with its number, the most frequent first. */
function setAsideLines(setAside: ExamDrop['setAside']): string[] {
  const kinds = new Map<string, number>()
  for (const { reason, error } of setAside) {
    const kind =
      error === undefined ? reason : phrase('cli.error', { code: error.code, message: error.message })
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return [...kinds]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_KINDS)
    .map(([reason, count]) => phrase('cli.printed.setAsideKind', { count, reason }))
}

/** Why nothing can be measured: the one damaged file's own failure where there is just one kind, else "no CT images". */
function nothingToMeasure({ setAside }: ExamDrop, files: number): QctError {
  const errors = setAside.flatMap(({ error }) => (error === undefined ? [] : [error]))
  const [first] = errors
  const isOnlyKind =
    first !== undefined &&
    errors.length === setAside.length &&
    errors.every(({ code }) => code === first.code)
  return isOnlyKind ? first : new QctError('NO_CT_IMAGES', { files })
}

/** A seed in one patient's world or one patient's age must not be used for several. */
function refuseOneExamOptions({ roiFile, patientFile, dualEnergy }: ExamRequest, count: number): void {
  const given = [
    ['--roi', roiFile],
    ['--patient', patientFile],
    ['--second-series', dualEnergy],
  ] as const
  const option = given.find(([, value]) => value !== null)?.[0] ?? null
  if (option !== null)
    throw new QctError('OPTION_INVALID', {
      option,
      problem: phrase('cli.oneExamOnly', { count }),
    })
}
