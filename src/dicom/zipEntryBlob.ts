import { QctError } from '../core/errors.ts'
import { crc32 } from './crc32.ts'

/** What the table of a zip says of a deflated entry. */
export interface DeflatedEntry {
  readonly zip: Blob
  /** Offset of the entry's local header. */
  readonly offset: number
  readonly packedSize: number
  readonly size: number
  readonly crc: number
}

const LOCAL_HEADER = 30
const LOCAL_SIGNATURE = 0x0403_4b50

/**
 * Where the bytes of a zip entry begin: its local header has a length of its own.
 *
 * @throws {QctError} `ZIP_ENTRY_DAMAGED` when there is no local header, or the bytes reach beyond the zip.
 */
export async function entryStart(zip: Blob, offset: number, packedSize: number): Promise<number> {
  const header = new DataView(await zip.slice(offset, offset + LOCAL_HEADER).arrayBuffer())
  if (header.byteLength < LOCAL_HEADER || header.getUint32(0, true) !== LOCAL_SIGNATURE)
    throw new QctError('ZIP_ENTRY_DAMAGED', {})
  const start = offset + LOCAL_HEADER + header.getUint16(26, true) + header.getUint16(28, true)
  if (start + packedSize > zip.size) throw new QctError('ZIP_ENTRY_DAMAGED', {})
  return start
}

/**
 * A deflated zip entry as a Blob that unpacks when it is read, as far as it is read, and keeps nothing.
 *
 * A read of its first part stops early. A read that reaches the second half goes on to the end, so that pixels never
 * come out of an entry whose checksum is wrong. It never unpacks more than the zip's table says.
 */
export class ZipEntryBlob extends Blob {
  readonly #entry: DeflatedEntry
  readonly #from: number
  readonly #to: number

  constructor(entry: DeflatedEntry, from = 0, to = entry.size) {
    super([])
    this.#entry = entry
    this.#from = from
    this.#to = to
  }

  override get size(): number {
    return this.#to - this.#from
  }

  override slice(start = 0, end = this.size): Blob {
    const inside = (at: number) => Math.min(Math.max(at < 0 ? at + this.size : at, 0), this.size)
    const from = inside(start)
    return new ZipEntryBlob(this.#entry, this.#from + from, this.#from + Math.max(from, inside(end)))
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(this.size)
    let position = 0
    for await (const piece of this.#pieces()) {
      bytes.set(piece, position)
      position += piece.length
    }
    return bytes.buffer
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer())
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer())
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.#pieces()
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    })
  }

  /** The bytes of this range, as they are unpacked. @throws {QctError} `ZIP_ENTRY_DAMAGED`. */
  async *#pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    const { zip, offset, packedSize, size, crc } = this.#entry
    const start = await entryStart(zip, offset, packedSize)
    const isChecked = this.#to > size / 2
    const packed = zip.slice(start, start + packedSize).stream()
    const reader = packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
    let position = 0
    let found = 0
    try {
      while (isChecked || position < this.#to) {
        const { value, done } = await next(reader)
        if (done) break
        if (position + value.length > size) throw new QctError('ZIP_ENTRY_DAMAGED', {})
        if (isChecked) found = crc32(value, found)
        const piece = value.subarray(Math.max(0, this.#from - position), Math.max(0, this.#to - position))
        position += value.length
        if (piece.length > 0) yield piece
      }
      const isSound = isChecked ? position === size && found === crc : position >= this.#to
      if (!isSound) throw new QctError('ZIP_ENTRY_DAMAGED', {})
    } finally {
      await reader.cancel().catch(() => {}) // what is left of the stream is of no interest
    }
    return undefined
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
  try {
    return await reader.read()
  } catch (cause) {
    throw new QctError('ZIP_ENTRY_DAMAGED', {}, { cause })
  }
}
