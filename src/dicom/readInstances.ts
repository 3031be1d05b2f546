import { QctError } from '../core/errors.ts'
import { phrase } from '../core/words/words.ts'
import type { CtInstance } from './ctInstance.ts'
import type { SetAsideFile } from './ctStudy.ts'
import type { IrradiatedSeries } from './dose/irradiatedSeries.ts'
import type { DoseFile, DropDose } from './dose/studyDose.ts'
import type { NamedBlob } from './namedBlob.ts'
import { type ReadInstance, readInstance } from './readInstance.ts'
import { isNifti } from './readNifti.ts'

/** The CT images among the files, and every other file with why it is none. Both in the order of the files. */
export interface ReadInstances {
  readonly instances: readonly CtInstance[]
  readonly setAside: readonly SetAsideFile[]
  /** Dose reports, which are set aside as well, and the events that images name. */
  readonly dose: DropDose
}

/** How reading is watched and stopped. */
export interface ReadOptions {
  /** Called after each file with how many are done. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Reads that wait for the disk at the same time; more gains nothing on an SSD and a network share alike. */
const AT_ONCE = 8

/**
 * Reads the headers of files, however named, and keeps those that are CT images. No pixel is read: each frame
 * decodes its own when a volume is built. One bad file never stops the rest; its failure is a value in `setAside`.
 *
 * @throws The signal's reason when reading is aborted; nothing else.
 */
export async function readInstances(
  files: readonly NamedBlob[],
  options: ReadOptions = {},
): Promise<ReadInstances> {
  const { onProgress, signal } = options
  const outcomes: (ReadInstance | QctError)[] = new Array(files.length)
  let next = 0
  let done = 0
  const lane = async () => {
    for (let n = next++; n < files.length; n = next++) {
      signal?.throwIfAborted()
      outcomes[n] = await outcomeOf(files[n] as NamedBlob)
      done += 1
      onProgress?.(done, files.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, lane))

  const instances: CtInstance[] = []
  const setAside: SetAsideFile[] = []
  const doseFiles: DoseFile[] = []
  const series = new Map<string, IrradiatedSeries>()
  for (const [n, outcome] of outcomes.entries()) {
    const path = (files[n] as NamedBlob).path
    if (outcome instanceof QctError) setAside.push({ path, reason: outcome.message, error: outcome })
    else {
      if ('instance' in outcome) instances.push(outcome.instance)
      else setAside.push({ path, reason: outcome.reason })
      if (outcome.doseReport !== undefined) doseFiles.push({ path, report: outcome.doseReport })
      for (const one of outcome.irradiated ?? []) series.set(`${one.eventUid} ${one.seriesInstanceUid}`, one)
    }
  }
  return { instances, setAside, dose: { files: doseFiles, series: [...series.values()] } }
}

async function outcomeOf(file: NamedBlob): Promise<ReadInstance | QctError> {
  if (file.error !== undefined) return file.error
  try {
    return await readInstance(file)
  } catch (cause) {
    if (cause instanceof QctError) {
      const isOther = cause.code === 'FILE_NOT_DICOM' && (await isNifti(file.blob))
      return isOther ? { reason: phrase('setAside.nifti') } : cause
    }
    if (cause instanceof DOMException)
      return new QctError('FILE_UNREADABLE', { reason: cause.name }, { cause })
    return new QctError('FILE_DAMAGED', { found: 'header' }, { cause })
  }
}
