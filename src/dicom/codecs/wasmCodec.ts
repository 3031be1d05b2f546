import { QctError } from '../../core/errors.ts'
import type { PixelCodec } from '../transferSyntax.ts'
import { wasmAddress } from './wasmAddress.ts'

/** One decoder of a wasm codec package. It serves one image and is deleted. */
export interface WasmDecoder {
  readonly getEncodedBuffer: (length: number) => Uint8Array
  readonly getDecodedBuffer: () => Uint8Array
  readonly getFrameInfo: () => WasmFrame
  readonly decode: () => void
  readonly delete: () => void
}

/** What a wasm decoder says of the image it decoded. */
export interface WasmFrame {
  readonly width: number
  readonly height: number
  readonly bitsPerSample: number
  readonly componentCount: number
  readonly isSigned?: boolean
}

/** A loaded wasm codec: its decoder classes by name, and its memory. */
export interface WasmCodecModule {
  readonly HEAPU8: Uint8Array
  readonly JpegLSDecoder: new () => WasmDecoder
  readonly J2KDecoder: new () => WasmDecoder
  readonly HTJ2KDecoder: new () => WasmDecoder
  readonly JPEGDecoder: new () => WasmDecoder
}

/** The default export of a wasm codec package. */
export type WasmCodecFactory = (settings: {
  readonly locateFile?: (file: string) => string
  readonly print: (line: string) => void
  readonly printErr: (line: string) => void
}) => Promise<WasmCodecModule>

/** The pixels of one image as the codec gave them, low byte first. */
export interface WasmImage {
  readonly bytes: Uint8Array
  readonly frame: WasmFrame
}

/** After so many refused images, or with so much memory, a codec is loaded anew: what failed may have leaked. */
const MOST_FAILURES = 16
const MOST_MEMORY = 512 * 1024 * 1024

/**
 * A codec that runs in wasm.
 *
 * Each image gets its own decoder between two awaits, so images decoded at the same time share nothing. A codec that
 * complains on its error stream has failed even when it returns pixels: some fill what is missing with grey.
 */
export class WasmCodec {
  readonly #codec: PixelCodec
  readonly #load: WasmCodecFactory
  readonly #decoderOf: (module: WasmCodecModule) => WasmDecoder
  #module: Promise<WasmCodecModule> | undefined
  #failures = 0
  #complaints = 0

  constructor(
    codec: PixelCodec,
    load: WasmCodecFactory,
    decoderOf: (module: WasmCodecModule) => WasmDecoder,
  ) {
    this.#codec = codec
    this.#load = load
    this.#decoderOf = decoderOf
  }

  /**
   * Decodes one image.
   *
   * @throws {QctError} `FRAME_UNDECODABLE` when the codec refuses the bytes.
   */
  async decode(bytes: Uint8Array): Promise<WasmImage> {
    this.#module ??= this.#load({
      ...wasmAddress(),
      print: () => {},
      printErr: () => {
        this.#complaints += 1
      },
    })
    const module = await this.#module
    this.#complaints = 0
    let decoder: WasmDecoder | undefined
    try {
      decoder = this.#decoderOf(module)
      decoder.getEncodedBuffer(bytes.length).set(bytes)
      decoder.decode()
      const frame = decoder.getFrameInfo()
      const decoded = decoder.getDecodedBuffer().slice()
      if (this.#complaints > 0 || decoded.length === 0) throw new Error('codec complained')
      decoder.delete()
      if (module.HEAPU8.length > MOST_MEMORY) this.#module = undefined
      return { bytes: decoded, frame }
    } catch (cause) {
      this.#recover(decoder, cause)
      throw new QctError('FRAME_UNDECODABLE', { codec: this.#codec }, { cause })
    }
  }

  /** A C++ exception leaves the codec sound but may leak; a trap leaves it in an unknown state. */
  #recover(decoder: WasmDecoder | undefined, cause: unknown): void {
    this.#failures += 1
    const isTrap = cause instanceof WebAssembly.RuntimeError
    if (!isTrap) decoder?.delete()
    if (isTrap || this.#failures >= MOST_FAILURES) {
      this.#module = undefined
      this.#failures = 0
    }
  }
}
