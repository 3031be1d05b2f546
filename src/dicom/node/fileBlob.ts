import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { DirectlyReadable } from '../byteSource.ts'

/** What identifies the content of a file: reading is refused when one of them changed since it was opened. */
export interface FileVersion {
  readonly size: number
  readonly mtimeMs: number
}

/** A stream is read in pieces of this size. */
const PIECE = 1024 * 1024

/**
 * A file on disk as a Blob, as `fs.openAsBlob` gives one, that can also read straight into memory the caller owns.
 *
 * Node's own file Blob hands a slice over in pieces of 64 KiB, one event each, then joins them: several times the
 * work of one read. Like it, this one holds no file open between reads, and refuses a file that changed with a
 * `NotReadableError`.
 */
export class FileBlob extends Blob implements DirectlyReadable {
  readonly #path: string
  readonly #version: FileVersion
  readonly #from: number
  readonly #to: number

  constructor(path: string, version: FileVersion, from = 0, to = version.size) {
    super([])
    this.#path = path
    this.#version = version
    this.#from = from
    this.#to = to
  }

  override get size(): number {
    return this.#to - this.#from
  }

  override slice(start = 0, end = this.size): FileBlob {
    const inside = (at: number) => Math.min(Math.max(at < 0 ? at + this.size : at, 0), this.size)
    const from = inside(start)
    return new FileBlob(
      this.#path,
      this.#version,
      this.#from + from,
      this.#from + Math.max(from, inside(end)),
    )
  }

  /**
   * Fills `target` with the bytes from `start`.
   *
   * @throws DOMException `NotReadableError` when the file is gone, may not be read, changed, or ends before.
   */
  readInto(start: number, target: Uint8Array): void {
    if (start < 0 || start + target.length > this.size) throw notReadable(new RangeError('beyond the file'))
    let file: number | undefined
    try {
      file = openSync(this.#path, 'r')
      const { size, mtimeMs } = fstatSync(file)
      if (size !== this.#version.size || mtimeMs !== this.#version.mtimeMs)
        throw new Error('the file changed')
      for (let filled = 0; filled < target.length; ) {
        const read = readSync(file, target, filled, target.length - filled, this.#from + start + filled)
        if (read === 0) throw new Error('the file ended')
        filled += read
      }
    } catch (cause) {
      throw notReadable(cause)
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(this.size)
    this.readInto(0, bytes)
    return bytes
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let position = 0
    return new ReadableStream({
      pull: (controller) => {
        if (position >= this.size) return controller.close()
        const piece = new Uint8Array(Math.min(PIECE, this.size - position))
        this.readInto(position, piece)
        position += piece.length
        controller.enqueue(piece)
      },
    })
  }
}

const notReadable = (cause: unknown) =>
  Object.assign(new DOMException('The file could not be read', 'NotReadableError'), { cause })
