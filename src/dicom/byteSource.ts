import { KeptBlob } from './keptBlob.ts'

/** Bytes that are read piece by piece: a file, an entry of an archive, or an inflated data set. */
export interface ByteSource {
  readonly size: number
  /** The bytes from `start` up to, not including, `end`; fewer when the source ends before. Not to be written to. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>
  /** Fills `target` with the bytes from `start`, without a copy between; absent where the source cannot. */
  readonly readInto?: (start: number, target: Uint8Array) => void
  /**
   * Says that nothing more is expected to be read and no bytes that were read are needed any more, so that memory held for them may
   * go at once. Reading stays possible.
   */
  readonly release?: () => void
}

/** A Blob that can also fill memory its caller owns. Node's files can; a browser's Blobs cannot. */
export interface DirectlyReadable {
  readonly readInto: (start: number, target: Uint8Array) => void
}

const isDirectlyReadable = (blob: Blob): blob is Blob & DirectlyReadable => 'readInto' in blob

/** A Blob as a byte source. Each read is one slice, or a view of bytes that are kept; nothing more is kept. */
export function blobSource(blob: Blob): ByteSource {
  const read = async (start: number, end: number) =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer())
  if (blob instanceof KeptBlob)
    return {
      size: blob.size,
      read: async (start, end) => blob.view(start, end) ?? read(start, end),
      release: () => blob.discard(),
    }
  return {
    size: blob.size,
    read,
    ...(isDirectlyReadable(blob) && {
      readInto: (start: number, target: Uint8Array) => blob.readInto(start, target),
    }),
  }
}
