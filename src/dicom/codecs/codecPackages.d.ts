/** What the wasm codec packages of cornerstone have in common. They ship no types of their own. */
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const load: import('./wasmCodec.ts').WasmCodecFactory
  export default load
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const load: import('./wasmCodec.ts').WasmCodecFactory
  export default load
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const load: import('./wasmCodec.ts').WasmCodecFactory
  export default load
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const load: import('./wasmCodec.ts').WasmCodecFactory
  export default load
}
