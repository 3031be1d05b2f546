/** Bytes that are read piece by piece: a file, an entry of an archive, or an inflated data set. */
export interface ByteSource {
  readonly size: number
  /** The bytes from `start` up to, not including, `end`; fewer when the source ends before. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>
}

/** A Blob as a byte source. Each read is one slice; nothing is kept. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  }
}
