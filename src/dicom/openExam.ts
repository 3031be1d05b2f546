import { QctError } from '../core/errors.ts'
import type { ExamDrop } from './ctStudy.ts'
import { groupStudies } from './groupStudies.ts'
import type { NamedBlob } from './namedBlob.ts'
import { type ArchiveLimits, openArchives } from './openArchives.ts'
import { readInstances } from './readInstances.ts'

/** How opening is watched and stopped. */
export interface OpenExamOptions {
  /** Called after each file whose header was read. */
  readonly onProgress?: (done: number, total: number) => void
  /** Stops the work between two files. */
  readonly signal?: AbortSignal
  /** What an archive may claim before it is refused. */
  readonly archiveLimits?: ArchiveLimits
}

/**
 * Opens what was dropped: archives are looked into, CT images are sorted into studies and series, everything else is
 * listed with the reason why it was set aside. Headers only; pixels are decoded by `buildVolume`.
 *
 * A drop without any CT image has no studies. That is no failure here: the caller knows what else was dropped, and
 * `setAside` says why nothing is left.
 *
 * @throws {QctError} `CANCELLED`.
 */
export async function openExam(
  files: readonly NamedBlob[],
  options: OpenExamOptions = {},
): Promise<ExamDrop> {
  const { signal } = options
  try {
    const opened = await openArchives(files, options.archiveLimits)
    const { instances, setAside, dose } = await readInstances(opened.files, options)
    return { studies: groupStudies(instances, dose), setAside: [...opened.setAside, ...setAside] }
  } catch (cause) {
    throw signal?.aborted ? new QctError('CANCELLED', {}, { cause }) : cause
  }
}
