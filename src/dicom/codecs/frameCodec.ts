import type { PixelLayout } from '../pixelLayout.ts'

/** Decodes the bytes of one frame to one word per pixel, row by row, with all allocated bits. */
export type FrameCodec = (bytes: Uint8Array, layout: PixelLayout) => Promise<Uint16Array | Uint8Array>
