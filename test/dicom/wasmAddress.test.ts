import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { setWasmAddress } from '../../src/dicom/codecs/wasmAddress.ts'
import { decodeFrame } from '../../src/dicom/decodeFrame.ts'
import { encodeJpegLs } from './encodeFrame.ts'

it('loads a codec from where the build says its wasm is', async () => {
  const asked: string[] = []
  setWasmAddress((file) => {
    asked.push(file)
    return createRequire(import.meta.url).resolve('@cornerstonejs/codec-charls/decodewasm')
  })
  const words = Int16Array.from({ length: 64 }, (_, n) => n * 3 - 50)
  const target = new Int16Array(64)
  await decodeFrame(
    'jpeg-ls',
    await encodeJpegLs({ columns: 8, rows: 8, words }),
    {
      rows: 8,
      columns: 8,
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      pixelRepresentation: 'signed',
    },
    target,
  )
  expect(asked).toEqual(['charlswasm_decode.wasm'])
  expect(target).toEqual(words)
})
