import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeExternal } from '../conformance/external.ts'
import { type Changes, ctBytes } from '../dicom/dicomBytes.ts'
import {
  encodeHtj2k,
  encodeJpeg8,
  encodeJpeg2000,
  encodeJpegLs,
  encodeRle,
  type TestImage,
} from '../dicom/encodeFrame.ts'
import { launchChromium } from './chromium.ts'
import { type ProductServer, startProduct } from './productServer.ts'

const SIDE = 64
/** A smooth hill with a step: any slip in row, byte order or sign shows. */
const hill = Int16Array.from({ length: SIDE * SIDE }, (_, n) => {
  const [x, y] = [n % SIDE, Math.floor(n / SIDE)]
  return 900 + 6 * x - 4 * y + (x > 40 && y > 20 ? 120 : 0)
})
const image: TestImage = { columns: SIDE, rows: SIDE, words: hill }
/** The same hill in eight bits, for the one codec that knows no more. */
const flat: TestImage = { ...image, words: Uint8Array.from(hill, (value) => (value - 600) / 4) }

const shape: Changes = {
  2621456: [0x0028_0010, 'US', [SIDE]],
  2621457: [0x0028_0011, 'US', [SIDE]],
}
const eightBits: Changes = {
  2621696: [0x0028_0100, 'US', [8]],
  2621697: [0x0028_0101, 'US', [8]],
  2621698: [0x0028_0102, 'US', [7]],
  2621699: [0x0028_0103, 'US', [0]],
  2625618: [0x0028_1052, 'DS', '-424'],
  2625619: [0x0028_1053, 'DS', '4'],
}

const packed = (bytes: Uint8Array, more: Changes = {}): Changes => ({
  ...shape,
  ...more,
  2145386512: [0x7fe0_0010, 'OB', { fragments: [bytes] }],
})

let server: ProductServer
let browser: Browser
let page: Page

/** The greys of the one series' thumbnail after a file was chosen. */
async function thumbnailOf(bytes: Uint8Array): Promise<number[]> {
  await page.goto(server.url)
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([{ name: 'IM1', mimeType: 'application/dicom', buffer: Buffer.from(bytes) }])
  const canvas = page.locator('.series-thumbnail canvas')
  await canvas.waitFor()
  return canvas.evaluate((node) => {
    const { width, height } = node as HTMLCanvasElement
    const context = (node as HTMLCanvasElement).getContext('2d')
    return [...(context?.getImageData(0, 0, width, height).data ?? [])].filter((_, n) => n % 4 === 0)
  })
}

describeExternal(
  'chromium',
  'compressed images in the built viewer, under its Content-Security-Policy',
  () => {
    beforeAll(async () => {
      server = await startProduct()
      browser = await launchChromium()
      page = await browser.newPage()
    })
    afterAll(async () => {
      await browser?.close()
      await server?.close()
    })

    it('decodes every lossless codec to the very picture of the native image', async () => {
      const native = await thumbnailOf(ctBytes({ ...shape, 2145386512: [0x7fe0_0010, 'OW', [...hill]] }))
      // The picture has something to lose: a grey for every step of the hill that its window tells apart.
      expect(new Set(native).size).toBeGreaterThan(100)
      const coded: readonly (readonly [string, Uint8Array])[] = [
        ['1.2.840.10008.1.2.5', encodeRle(image)],
        ['1.2.840.10008.1.2.4.80', await encodeJpegLs(image)],
        ['1.2.840.10008.1.2.4.90', await encodeJpeg2000(image)],
        ['1.2.840.10008.1.2.4.201', await encodeHtj2k(image)],
      ]
      for (const [syntax, bytes] of coded)
        expect(await thumbnailOf(ctBytes(packed(bytes), syntax)), syntax).toEqual(native)
    })

    it('decodes 8-bit JPEG to within the rounding of its own quality', async () => {
      const native = await thumbnailOf(
        ctBytes({ ...shape, ...eightBits, 2145386512: [0x7fe0_0010, 'OB', flat.words as Uint8Array] }),
      )
      const lossy = await thumbnailOf(
        ctBytes(packed(await encodeJpeg8(flat), eightBits), '1.2.840.10008.1.2.4.50'),
      )
      const gaps = native.map((grey, n) => Math.abs(grey - (lossy[n] ?? 0)))
      // Baseline JPEG at the encoder's usual quality is off by a few of 256 stored steps; a step is 1.7 greys here.
      expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(4)
      expect(new Set(lossy).size).toBeGreaterThan(50)
    })
  },
)
