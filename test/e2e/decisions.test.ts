import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeExternal } from '../conformance/external.ts'
import { droppedExam } from '../viewer/droppedExam.ts'
import { graveFindings } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { type ProductServer, startProduct } from './productServer.ts'

let server: ProductServer
let browser: Browser
let page: Page
let complaints: string[]

const value = () => page.locator('[data-testid=level-value]').textContent()
const notices = () => page.locator('.notice').allTextContents()
/** Waits until nothing runs and the numbers belong to the decisions. */
async function settled() {
  await page.waitForFunction(
    () => document.querySelector('.job') === null && document.querySelector('[data-stale]') === null,
  )
}

/** Hands the page the demo exam's files and waits until it is measured. */
async function drop() {
  const files = await Promise.all(
    (await droppedExam('whole')).map(async (file) => ({
      name: file.path.replaceAll('/', '_'),
      mimeType: 'application/dicom',
      buffer: Buffer.from('blob' in file ? await file.blob.arrayBuffer() : new ArrayBuffer(0)),
    })),
  )
  await page.locator('input[type=file]').first().setInputFiles(files)
  await page.waitForSelector('.checks')
  await settled()
}

describeExternal('chromium', 'decisions in the built viewer', () => {
  beforeAll(async () => {
    server = await startProduct()
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    page.setDefaultTimeout(180_000)
    complaints = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text())
    })
    await page.goto(server.url)
    await drop()
    await page.keyboard.press('Alt+4')
    // Below, L1 is meant: an exam in which it was not found would test nothing.
    await page.locator('[data-level=L1] .reading').first().waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('moves a VOI by keyboard, takes it back under its name, and does it again', async () => {
    const before = await page.locator('.level-rest').first().textContent()
    await page.locator('.plane-large [tabindex="0"]').first().focus()
    for (let press = 0; press < 4; press++) await page.keyboard.press('Shift+ArrowLeft')
    await settled()
    const moved = await page.locator('.level-rest').first().textContent()
    // 10 mm aside the VOI reaches the cortex: another mean, whatever the noise.
    expect(moved).not.toBe(before)
    await expect.poll(() => page.locator('[data-level=L1]').textContent()).toContain('edited')
    for (let press = 0; press < 4; press++) await page.keyboard.press('Control+z')
    await settled()
    expect((await notices()).join()).toContain('Undid: move L1')
    expect(await page.locator('.level-rest').first().textContent()).toBe(before)
    for (let press = 0; press < 4; press++) await page.keyboard.press('Control+Shift+z')
    await settled()
    expect(await page.locator('.level-rest').first().textContent()).toBe(moved)
  })

  it('goes on after the death of the exam worker, with the decisions that were made', async () => {
    const before = await value()
    const worker = page.workers().find((one) => one.url().includes('exam.worker'))
    expect(worker).toBeDefined()
    await worker!.evaluate(() => close()).catch(() => undefined)
    const again = page.locator('.notice button', { hasText: 'Measure again' })
    await again.waitFor()
    await again.click()
    await settled()
    expect(await value()).toBe(before)
    expect(await page.locator('[data-level=L1]').textContent()).toContain('edited')
  })

  it('keeps every decision on the server, lists it, and offers it when the exam is opened again', async () => {
    await expect.poll(() => page.locator('.banner').textContent(), { timeout: 20_000 }).toContain('Saved')
    await page.goto(server.url)
    await page.locator('.work-list tbody tr').waitFor()
    expect(await page.locator('.work-list tbody tr').textContent()).toMatch(/DEMO.*Draft.*images not open/)
    expect(await graveFindings(page)).toEqual([])
    await drop()
    const offer = page.locator('.notice', { hasText: 'worked on before' })
    await offer.waitFor()
    // Another decision than the kept ones: taking those over would now undo it, so they are not offered any more.
    await page.keyboard.press('Alt+4')
    await page.getByRole('button', { name: 'Leave out' }).click()
    await settled()
    await offer.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo: leave out L1' }).click()
    await settled()
    expect(await page.locator('[data-level=L1]').textContent()).toContain('automatic')
    // The way back to what is kept stays on the first page.
    await page.keyboard.press('Alt+1')
    await page.locator('.work-list tbody tr').last().getByRole('button', { name: 'Go on from there' }).click()
    await settled()
    await expect.poll(() => page.locator('[data-level=L1]').textContent()).toContain('edited')
  })

  it('breaks no rule of the page, and says no error', () => {
    expect(complaints).toEqual([])
  })
})
