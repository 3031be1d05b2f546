let locate: ((file: string) => string) | undefined

/**
 * Says where the wasm files of the codecs are served from. Node finds them in the packages by itself; a browser build
 * calls this once, before the first compressed frame, with the addresses its bundler gave them.
 *
 * @param addressOf - The URL of a file such as `charlswasm_decode.wasm`.
 */
export function setWasmAddress(addressOf: (file: string) => string): void {
  locate = addressOf
}

/** The setting of a codec that says where its wasm file is; empty when the package knows. */
export const wasmAddress = (): { readonly locateFile?: (file: string) => string } =>
  locate === undefined ? {} : { locateFile: locate }
