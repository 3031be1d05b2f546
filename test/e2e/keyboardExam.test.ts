import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { angleBetween, distance } from '../../src/core/geometry/vector.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { roiStatistics } from '../../src/core/volume/roiStatistics.ts'
import { describeExternal } from '../conformance/external.ts'
import { launchChromium } from './chromium.ts'
import { demoFiles, measuredVolume } from './demoVolume.ts'
import { type ProductServer, startProduct } from './productServer.ts'
import { openViewer, overlayVoi, readNumbers, waitForLevels } from './viewerPage.ts'

/** Walks with Tab until the focus is on what is wanted; no pointer is used anywhere in this file. */
async function tabTo(
  page: Page,
  isWanted: (focused: { role: string; name: string; viewport: string }) => boolean,
) {
  const passed: string[] = []
  for (let step = 0; step < 150; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const node = document.activeElement as HTMLElement | null
      const label =
        node?.getAttribute('aria-label') ?? (node as HTMLInputElement | null)?.labels?.[0]?.textContent
      return {
        role: node?.getAttribute('role') ?? node?.tagName.toLowerCase() ?? '',
        name: (label ?? node?.textContent ?? '').trim(),
        viewport: node?.dataset.viewport ?? '',
      }
    })
    if (isWanted(focused)) return
    passed.push(`${focused.role} ${focused.name.slice(0, 20)}${focused.viewport}`)
  }
  throw new Error(`Tab never came there; it passed ${[...new Set(passed)].join(' | ')}`)
}

describeExternal('chromium', 'A spine exam by keyboard alone', () => {
  let product: ProductServer
  let browser: Browser
  let volume: CtVolume
  beforeAll(async () => {
    product = await startProduct()
    volume = await measuredVolume(await demoFiles(product.url))
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.close()
  })

  it('opens, looks, corrects a VOI, fills in the sheet and signs', async () => {
    const { page, complaints } = await openViewer(browser, product.url)
    await page.getByRole('button', { name: 'Open the demo exam' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Open the demo exam' }).isEnabled()).toBe(true)
    await tabTo(page, ({ name }) => name === 'Open the demo exam')
    await page.keyboard.press('Enter')
    await waitForLevels(page, ['L1', 'L2'])
    await page.keyboard.press('Alt+4')
    await page.locator('.level-numbers').waitFor()

    await tabTo(page, ({ viewport }) => viewport === 'large')
    const before = await overlayVoi(page, 'L1')
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press(']')
    await tabTo(page, ({ viewport }) => viewport === 'sagittal')
    for (let press = 0; press < 3; press++) await page.keyboard.press('.')
    const agrees = async () => {
      const core = roiStatistics(volume, await overlayVoi(page, 'L1'))
      const { n, meanHu } = await readNumbers(page)
      return n === core.n && meanHu === Number(core.mean.toFixed(1))
    }
    await expect.poll(agrees, { timeout: 60_000 }).toBe(true)
    const after = await overlayVoi(page, 'L1')
    expect(distance(after.center, before.center)).toBeCloseTo(2, 6) // four steps of 0.5 mm
    expect(after.radii[0]).toBeCloseTo(before.radii[0] + 0.5, 6)
    expect(angleBetween(after.normal, before.normal)).toBeCloseTo(3, 1) // three steps of 1° about the picture's normal, from which the axis is 4° off square

    await page.keyboard.press('Alt+5')
    await tabTo(page, ({ name }) => name.startsWith('Indication'))
    await page.keyboard.type('Low bone mass in family')
    await page.keyboard.press('Alt+6')
    await tabTo(page, ({ role, name }) => role === 'input' && name === 'Name')
    await page.keyboard.type('Ada Reader')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Radiologist')
    await expect
      .poll(() => page.getByRole('button', { name: 'Sign', exact: true }).isEnabled(), { timeout: 120_000 })
      .toBe(true)
    await tabTo(page, ({ name }) => name === 'Sign')
    await page.keyboard.press('Enter')
    await page.getByText('Signed by Ada Reader', { exact: false }).first().waitFor({ timeout: 120_000 })
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
