import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { demoFiles } from './demoVolume.ts'
import { startProduct } from './productServer.ts'
import { goToTask, openViewer, waitForLevels } from './viewerPage.ts'

/** Makes `docs/images` anew: every screen of the viewer on the demo exam, as a reader meets it. */
const folder = join(import.meta.dirname, '../../docs/images')
await mkdir(folder, { recursive: true })
const product = await startProduct()
await demoFiles(product.url)
const browser = await launchChromium()

const take = async (page: Page, name: string) => {
  await page.mouse.move(2, 2)
  await page.waitForTimeout(1500) // drawn in software: let the pictures settle
  await page.screenshot({ path: join(folder, `viewer-${name}.png`) })
}

try {
  const { page } = await openViewer(browser, product.url)
  await page.getByRole('button', { name: 'Open the demo exam' }).waitFor()
  await take(page, 'open')
  await page.getByRole('button', { name: 'Open the demo exam' }).click()
  await waitForLevels(page, ['L1', 'L2'])
  for (const task of ['Check', 'Calibration', 'Spine', 'Patient']) {
    await goToTask(page, task)
    await take(page, task.toLowerCase())
  }
  await goToTask(page, 'Report')
  await page.waitForTimeout(4000)
  await take(page, 'report')
  await goToTask(page, 'Exam')
  await take(page, 'exam')
} finally {
  await browser.close()
  await product.close()
}
console.log((await readdir(folder)).filter((name) => name.startsWith('viewer-')).join('\n'))
