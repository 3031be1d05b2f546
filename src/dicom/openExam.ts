import { QctError } from '../core/errors.ts'
import type { ExamDrop } from './ctStudy.ts'
import { groupStudies } from './groupStudies.ts'
import type { NamedBlob } from './namedBlob.ts'
import { readInstances } from './readInstances.ts'

/** How opening is watched and stopped. */
export interface OpenExamOptions {
  /** Called after each file whose header was read. */
  readonly onProgress?: (done: number, total: number) => void
  /** Stops the work between two files. */
  readonly signal?: AbortSignal
}

/**
 * Opens what was dropped: archives are looked into, CT images are sorted into studies and series, everything else is
 * listed with the reason why it was set aside. Headers only; pixels are decoded by `buildVolume`.
 *
 * @throws {QctError} `NO_CT_IMAGES` when no CT image is left; its `cause` is the first file's failure, if any had
 *   one. `CANCELLED`.
 */
export async function openExam(
  files: readonly NamedBlob[],
  options: OpenExamOptions = {},
): Promise<ExamDrop> {
  const { signal } = options
  const { instances, setAside } = await readInstances(files, options).catch((cause: unknown) => {
    throw signal?.aborted ? new QctError('CANCELLED', {}, { cause }) : cause
  })
  const studies = groupStudies(instances)
  if (studies.length === 0) {
    const cause = setAside.find(({ error }) => error !== undefined)?.error
    throw new QctError('NO_CT_IMAGES', { files: files.length }, { cause })
  }
  return { studies, setAside }
}
