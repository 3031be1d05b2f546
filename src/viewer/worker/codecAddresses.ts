import charls from '@cornerstonejs/codec-charls/decodewasm?url'
import turbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url'
import openJpeg from '@cornerstonejs/codec-openjpeg/decodewasm?url'
import openJph from '@cornerstonejs/codec-openjph/wasm?url'

/** Where the build put the wasm file of each codec; the codecs ask by the name their package gives it. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'charlswasm_decode.wasm': charls,
  'libjpegturbowasm_decode.wasm': turbo,
  'openjpegwasm_decode.wasm': openJpeg,
  'openjphjs.wasm': openJph,
}

/** The address of a codec's wasm file in this build; an unknown name is left to the codec. */
export const codecAddress = (file: string): string => ADDRESSES[file] ?? file
