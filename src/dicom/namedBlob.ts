import type { QctError } from '../core/errors.ts'

/**
 * A file as browser and Node both can give it. Nothing is read until a slice of it is asked for.
 * In Node, `src/dicom/node/` makes them of paths.
 */
export interface NamedBlob {
  /** Path relative to what was dropped, `/` between folders; files inside archives as `study.zip/IM1`. */
  readonly path: string
  readonly blob: Blob
  /** Why the file could not be opened; `blob` is empty then. Reading sets such a file aside with this error. */
  readonly error?: QctError
  /** The first bytes, where they have been read already: a browser takes about as long for a few as for many. */
  readonly head?: Uint8Array
}
