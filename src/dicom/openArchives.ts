import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js'
import { QctError } from '../core/errors.ts'
import type { SetAsideFile } from './ctStudy.ts'
import { inFlight } from './inFlight.ts'
import { KeptBlob } from './keptBlob.ts'
import type { NamedBlob } from './namedBlob.ts'
import { FIRST_READ } from './readHeader.ts'
import { entryStart, ZipEntryBlob } from './zipEntryBlob.ts'

/** What an archive may claim before it is refused. */
export interface ArchiveLimits {
  /** Files in one zip; 200 000 unless told. */
  readonly maxFiles?: number
  /** Bytes a zip may unpack to when it packs denser than 100 : 1, which images do not; 1 GiB unless told. */
  readonly maxDenseBytes?: number
  /** Bytes of a zip inside a zip, which is unpacked into memory when it was deflated; 1 GiB unless told. */
  readonly maxNestedBytes?: number
}

const MIB = 1024 * 1024
const DENSEST = 100
/** Deflate cannot pack denser; a table that says so lies. */
const DEFLATE_DENSEST = 1040
const STORED = 0
const DEFLATED = 8
const AT_ONCE = 8
/** First bytes of a drop that are kept for whoever reads the headers; files beyond are read a second time. */
const MOST_HEADS = (64 * MIB) / FIRST_READ

/** The files of a drop with every archive looked into, and the archives that could not be. */
export interface OpenedArchives {
  readonly files: readonly NamedBlob[]
  readonly setAside: readonly SetAsideFile[]
}

/**
 * Looks into the zips among the files: each becomes the files in it, in the order of its table, and all other files
 * pass through. A zip is known by its first bytes, not its name. Nothing is unpacked until it is read: stored entries
 * are slices of the zip, deflated ones unpack on the fly. A zip inside a zip is opened too, a third level is not.
 *
 * The first bytes, once read, stay with the files of a drop of usual size, so that reading their headers need not ask
 * for them again.
 *
 * Names in an archive only label files; they cannot point outside it. A refused archive is a value in `setAside`, with
 * `ZIP_DAMAGED`, `ZIP_BOMB`, `ZIP_TOO_MANY_FILES`, `ZIP_ENCRYPTED`, `ZIP_METHOD_UNSUPPORTED`, `ZIP_ENTRY_DAMAGED` or
 * `ZIP_NESTED_TOO_DEEP`.
 */
export async function openArchives(
  files: readonly NamedBlob[],
  limits: ArchiveLimits = {},
): Promise<OpenedArchives> {
  const opened: OpenedArchives[] = new Array(files.length)
  await inFlight(files.length, AT_ONCE, async (n) => {
    const file = files[n] as NamedBlob
    opened[n] = await expand(n < MOST_HEADS ? await withHead(file) : file, 0, limits)
  })
  return {
    files: opened.flatMap((one) => one.files),
    setAside: opened.flatMap((one) => one.setAside),
  }
}

/** The file with its first bytes; as it is when they cannot be had, which whoever reads it next will say. */
async function withHead(file: NamedBlob): Promise<NamedBlob> {
  if (file.error !== undefined || file.head !== undefined || file.blob.size === 0) return file
  // A copy: what is parsed of the header would hold the whole file.
  const kept = file.blob instanceof KeptBlob ? file.blob.view(0, FIRST_READ)?.slice() : undefined
  if (kept !== undefined) return { ...file, head: kept }
  try {
    return { ...file, head: new Uint8Array(await file.blob.slice(0, FIRST_READ).arrayBuffer()) }
  } catch {
    return file
  }
}

const refused = (path: string, error: QctError): OpenedArchives => ({
  files: [],
  setAside: [{ path, reason: error.message, error }],
})

async function expand(file: NamedBlob, depth: number, limits: ArchiveLimits): Promise<OpenedArchives> {
  try {
    if (file.error !== undefined || !(await isZip(file))) return { files: [file], setAside: [] }
    if (depth > 1) throw new QctError('ZIP_NESTED_TOO_DEEP', {})
    const zip = depth === 0 ? file : await inMemory(file, limits)
    const entries = await listEntries(zip.blob, limits)
    const opened: OpenedArchives[] = new Array(entries.length)
    await inFlight(entries.length, AT_ONCE, async (n) => {
      opened[n] = await openEntry(file.path, zip.blob, entries[n] as FileEntry, depth, limits)
    })
    return { files: opened.flatMap((one) => one.files), setAside: opened.flatMap((one) => one.setAside) }
  } catch (cause) {
    if (cause instanceof QctError) return refused(file.path, cause)
    // what cannot be read at all is reported by whoever reads it next
    if (cause instanceof DOMException) return { files: [file], setAside: [] }
    return refused(file.path, new QctError('ZIP_DAMAGED', {}, { cause }))
  }
}

/** Local header of a first entry, or the end record of an empty archive. @see APPNOTE 4.3.7, 4.3.16 */
async function isZip({ blob, head }: NamedBlob): Promise<boolean> {
  if (blob.size < 22) return false
  const start = head ?? new Uint8Array(await blob.slice(0, 4).arrayBuffer())
  const signature = start.length >= 4 ? new DataView(start.buffer, start.byteOffset).getUint32(0) : 0
  return signature === 0x504b_0304 || signature === 0x504b_0506
}

/** A deflated inner zip is unpacked once, since random access into it would unpack it for each of its files. */
async function inMemory(file: NamedBlob, { maxNestedBytes = 1024 * MIB }: ArchiveLimits): Promise<NamedBlob> {
  if (!(file.blob instanceof ZipEntryBlob)) return file
  const { size } = file.blob
  if (size > maxNestedBytes)
    throw new QctError('ZIP_BOMB', {
      claimedMib: Math.ceil(size / MIB),
      packedMib: Math.ceil(maxNestedBytes / MIB),
    })
  return { path: file.path, blob: new Blob([await file.blob.arrayBuffer()]) }
}

async function listEntries(zip: Blob, limits: ArchiveLimits): Promise<FileEntry[]> {
  const { maxFiles = 200_000, maxDenseBytes = 1024 * MIB } = limits
  // names are made harmless below; a name that points upwards is no reason to lose the images
  const reader = new ZipReader(new BlobReader(zip), { useWebWorkers: false, filenameValidation: 'tolerant' })
  const entries: FileEntry[] = []
  let packed = 0
  let claimed = 0
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.directory) continue
    if (entries.length >= maxFiles)
      throw new QctError('ZIP_TOO_MANY_FILES', { found: entries.length + 1, limit: maxFiles })
    entries.push(entry)
    packed += entry.compressedSize
    claimed += entry.uncompressedSize
    const bomb = () =>
      new QctError('ZIP_BOMB', { claimedMib: Math.ceil(claimed / MIB), packedMib: Math.ceil(zip.size / MIB) })
    // entries that share the same packed bytes would together be longer than the file
    if (packed > zip.size) throw bomb()
    if (claimed > maxDenseBytes && claimed > DENSEST * zip.size) throw bomb()
    if (entry.uncompressedSize > DEFLATE_DENSEST * (entry.compressedSize + 1)) throw bomb()
  }
  return entries
}

async function openEntry(
  zipPath: string,
  zip: Blob,
  entry: FileEntry,
  depth: number,
  limits: ArchiveLimits,
): Promise<OpenedArchives> {
  const path = `${zipPath}/${harmless(entry.filename)}`
  try {
    if (entry.encrypted) throw new QctError('ZIP_ENCRYPTED', {})
    return await expand({ path, blob: await blobOf(zip, entry) }, depth + 1, limits)
  } catch (cause) {
    return refused(path, cause instanceof QctError ? cause : new QctError('ZIP_ENTRY_DAMAGED', {}, { cause }))
  }
}

async function blobOf(zip: Blob, entry: FileEntry): Promise<Blob> {
  const { offset, compressedSize: packedSize, uncompressedSize: size, compressionMethod: method } = entry
  if (method === STORED) {
    if (packedSize !== size) throw new QctError('ZIP_ENTRY_DAMAGED', {})
    const start = await entryStart(zip, offset, packedSize)
    return zip.slice(start, start + size)
  }
  if (method !== DEFLATED) throw new QctError('ZIP_METHOD_UNSUPPORTED', { method })
  return new ZipEntryBlob({ zip, offset, packedSize, size, crc: entry.crc32 ?? 0 })
}

/** A name from an archive as a plain relative path: no drive, no root, no step upwards, no control characters. */
const harmless = (name: string) =>
  name
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.replace(/\p{Cc}|^[A-Za-z]:$/gu, ''))
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/') || '?'
