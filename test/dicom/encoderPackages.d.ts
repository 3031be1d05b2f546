/** The encoders of the codec packages; the product only decodes. */
declare module '@cornerstonejs/codec-charls/wasmjs' {
  const load: import('./encodeFrame.ts').EncoderFactory
  export default load
}
declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  const load: import('./encodeFrame.ts').EncoderFactory
  export default load
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  const load: import('./encodeFrame.ts').EncoderFactory
  export default load
}
