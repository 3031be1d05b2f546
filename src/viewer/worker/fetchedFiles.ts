import { QctError } from '../../core/errors.ts'
import { inFlight } from '../../dicom/inFlight.ts'
import type { NamedBlob } from '../../dicom/namedBlob.ts'
import type { DroppedFile } from './examWorkerApi.ts'

/** As many as a browser opens to one origin over HTTP/1.1. */
const AT_ONCE = 6

/**
 * The files of a drop as blobs. Those on the server are fetched; one that cannot be had becomes a file with an error,
 * which reading sets aside.
 *
 * @throws {QctError} `CANCELLED`.
 */
export async function fetchedFiles(
  files: readonly DroppedFile[],
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<NamedBlob[]> {
  const blobs: NamedBlob[] = new Array(files.length)
  let done = 0
  await inFlight(files.length, AT_ONCE, async (n) => {
    signal.throwIfAborted()
    const file = files[n]!
    blobs[n] = 'blob' in file ? { path: file.path, blob: file.blob } : await fetched(file.path, file.url)
    if ('url' in file) onProgress(++done, files.length)
  })
  return blobs
}

async function fetched(path: string, url: string): Promise<NamedBlob> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin' })
    if (answer.ok) return { path, blob: await answer.blob() }
    return unreadable(path, `HTTP ${answer.status}`)
  } catch (cause) {
    return unreadable(path, 'network', cause)
  }
}

const unreadable = (path: string, reason: string, cause?: unknown): NamedBlob => ({
  path,
  blob: new Blob([]),
  error: new QctError('FILE_UNREADABLE', { reason }, { cause }),
})
