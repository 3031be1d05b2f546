import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lpsVector } from '../../src/core/geometry/lps.ts'
import { angleBetween } from '../../src/core/geometry/vector.ts'
import { roiStatistics } from '../../src/core/volume/roiStatistics.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { describeExternal, realData } from '../conformance/external.ts'
import seeds from '../fixtures/acrin-abdomen.roi.json' with { type: 'json' }
import { launchChromium } from './chromium.ts'
import { measuredVolume } from './demoVolume.ts'
import { type ProductServer, startProduct } from './productServer.ts'
import {
  download,
  goToTask,
  openViewer,
  overlayVoi,
  pictureLife,
  readNumbers,
  waitForLevels,
} from './viewerPage.ts'

/** What the status line says of the place under the pointer, in LPS mm. */
async function pointerLps(page: Page): Promise<[number, number, number]> {
  const words = (await page.locator('.status-pointer').textContent()) ?? ''
  const numbers = [...words.matchAll(/-?\d+\.\d/g)].map(([number]) => Number(number))
  if (numbers.length < 3) throw new Error(`no place in “${words}”`)
  return numbers.slice(0, 3) as [number, number, number]
}

/** Points at a place of the patient in a straight picture, by what the page says of where the pointer is. */
async function pointAt(page: Page, picture: 'large' | 'sagittal', at: readonly number[]) {
  const box = await page.locator(`[data-viewport="${picture}"]`).boundingBox()
  if (box === null) throw new Error(`no picture ${picture}`)
  const overlay = page.locator(`[data-viewport="${picture}"] svg.viewport-overlay`)
  const perPixel = Number(await overlay.getAttribute('data-mm-per-pixel'))
  const start = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(start.x, start.y)
  await page.mouse.move(start.x + 1, start.y)
  const [x, y, z] = await pointerLps(page)
  const [right, down] = picture === 'sagittal' ? [at[1]! - y, z - at[2]!] : [at[0]! - x, at[1]! - y]
  const target = { x: start.x + 1 + right / perPixel, y: start.y + down / perPixel }
  await page.mouse.move(target.x, target.y)
  return target
}

describeExternal(['chromium', 'real-data'], 'A real CT without a phantom, seeds clicked by hand', () => {
  let product: ProductServer
  let browser: Browser
  beforeAll(async () => {
    product = await startProduct()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.close()
  })

  it('measures L1 and L2 from one click each, and reports every doubt and no density', async () => {
    const folder = realData('ct', 'acrin-abdomen')
    const names = (await readdir(folder)).filter((name) => name.endsWith('.dcm'))
    const { page, complaints } = await openViewer(browser, product.url)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose files' }).click()
    await (await chooser).setFiles(names.map((name) => join(folder, name)))
    await page.waitForFunction(
      () => document.querySelectorAll('[data-graphics="drawn"]').length >= 3,
      undefined,
      {
        timeout: 120_000,
      },
    )
    await goToTask(page, 'Spine')
    for (const { level, centerLps } of seeds.spine.slice(0, 2)) {
      const button = page.getByRole('button', { name: `Click a seed: ${level}` })
      await button.waitFor({ timeout: 120_000 })
      await button.click()
      // The sagittal picture runs through the middle of the scan; the spine stands near it.
      const target = await pointAt(page, 'sagittal', centerLps)
      await page.mouse.click(target.x, target.y)
    }
    await waitForLevels(page, ['L1', 'L2'])

    const volume = await measuredVolume(await openPaths([folder]))
    for (const level of ['L1', 'L2']) {
      await page.getByRole('button', { name: `Select ${level}` }).click()
      const voi = await overlayVoi(page, level)
      const core = roiStatistics(volume, voi)
      await expect.poll(async () => (await readNumbers(page)).n, { timeout: 60_000 }).toBe(core.n)
      const { meanHu, vbmd } = await readNumbers(page)
      expect(meanHu).toBe(Number(core.mean.toFixed(1)))
      expect(vbmd).toBeNaN()
      const seed = seeds.spine.find((entry) => entry.level === level)!.centerLps
      // The VOI lies in the body that was clicked: within half a body's height and depth of the click.
      expect(Math.hypot(...voi.center.map((x, axis) => x - seed[axis]!))).toBeLessThan(20)
      expect(angleBetween(voi.normal, lpsVector(0, 0, 1))).toBeLessThan(35)
    }
    const { living, greys } = await pictureLife(page)
    expect(living).toBeGreaterThan(0)
    for (const levels of greys) expect(levels).toBeGreaterThan(40)

    await goToTask(page, 'Report')
    const record = parseExamRecord((await download(page, 'exam.json')).bytes.toString('utf8'))
    const text = (await download(page, 'Text')).bytes.toString('utf8').replaceAll(/\s+/g, ' ')
    expect(text).not.toMatch(/\d\s*mg\/cm³/)
    const doubts = [
      ...record.results.warnings,
      ...record.results.spine.levels.flatMap(({ warnings }) => warnings),
    ]
    expect(doubts.length).toBeGreaterThan(0)
    for (const { message } of doubts) expect(text).toContain(message.replaceAll(/\s+/g, ' '))
    expect(record.results.spine.levels.every(({ vbmdMgPerCm3 }) => vbmdMgPerCm3 === null)).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
