import { QctError } from '../core/errors.ts'
import { phrase } from '../core/words/words.ts'
import type { ExamDrop } from '../dicom/ctStudy.ts'
import { openPaths } from '../dicom/node/openPaths.ts'
import { openExam } from '../dicom/openExam.ts'
import { type ExamSource, examSources, isNiftiName } from '../exam/pipeline/examSource.ts'
import type { Terminal } from './terminal.ts'

/**
 * Every exam that files, folders and zips hold; with a series, those studies that have it. What was set aside is said.
 *
 * @param seriesUid - SeriesInstanceUID or series id; null: every study.
 * @param setAsideWords - What is said of files that were set aside; an analysis says where they are listed.
 * @throws {QctError} `NO_CT_IMAGES`, `SERIES_UNKNOWN`; what `openPaths` and `openExam` refuse; the one failure of all files.
 */
export async function openSources(
  paths: readonly string[],
  terminal: Terminal,
  seriesUid: string | null,
  setAsideWords: 'cli.printed.setAside' | 'cli.printed.setAsideCount' = 'cli.printed.setAside',
): Promise<readonly ExamSource[]> {
  terminal.progress(phrase('cli.step.open'))
  const files = await openPaths(paths)
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
    terminal.complain(phrase(setAsideWords, { count: drop.setAside.length, files: files.length }))
  if (seriesUid === null) return sources
  const holders = sources.filter(
    (source) =>
      source.kind === 'study' &&
      source.study.series.some(
        ({ id, seriesInstanceUid }) => id === seriesUid || seriesInstanceUid === seriesUid,
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
