import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js'

/** A zip of the given files; `level` 0 stores them. */
export async function zipBytes(
  files: Readonly<Record<string, Uint8Array>>,
  options: { readonly level?: number; readonly zip64?: boolean; readonly password?: string } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...options })
  for (const [name, bytes] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(bytes))
  return new Uint8Array(await (await writer.close()).arrayBuffer())
}
