/**
 * A file whose bytes were read whole and stay in memory until they are released; afterwards it is read as before.
 *
 * A browser takes about as long to hand over a few bytes of a file as all of a CT slice, most of it in another process.
 * Whoever needs header and pixels both asks once.
 */
export class KeptBlob extends Blob {
  readonly #origin: Blob
  #bytes: Uint8Array | undefined

  /** @param bytes - All bytes of `origin`. */
  constructor(origin: Blob, bytes: Uint8Array) {
    super([])
    this.#origin = origin
    this.#bytes = bytes
  }

  override get size(): number {
    return this.#origin.size
  }

  /** The bytes from `start` up to `end` as a view that nobody may write to; undefined once released. */
  view(start: number, end: number): Uint8Array | undefined {
    return this.#bytes?.subarray(start, end)
  }

  /** Lets the memory go, as soon as nobody holds a view of it. */
  release(): void {
    this.#bytes = undefined
  }

  /** Gives the memory back at once, without waiting for a collection. Views are empty afterwards: nobody may need one. */
  discard(): void {
    const buffer = this.#bytes?.buffer
    this.#bytes = undefined
    if (buffer instanceof ArrayBuffer && 'transfer' in buffer) buffer.transfer(0)
  }

  override slice(start?: number, end?: number): Blob {
    return this.#origin.slice(start, end)
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#origin.arrayBuffer()
  }

  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#origin.bytes()
  }

  override text(): Promise<string> {
    return this.#origin.text()
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#origin.stream()
  }
}
