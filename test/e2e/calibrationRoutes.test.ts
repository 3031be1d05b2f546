import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DENSITY_ROUTES } from '../../src/core/calibration/calibrationRoute.ts'
import { printedValue } from '../../src/core/report/printedValue.ts'
import { parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { describeExternal } from '../conformance/external.ts'
import { graveFindings } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { type ProductServer, startProduct } from './productServer.ts'
import { type HandedFile, type RoutesExam, routesExam } from './routesExam.ts'
import { download, goToTask, openViewer, waitForLevels } from './viewerPage.ts'

let server: ProductServer
let browser: Browser
let page: Page
let complaints: readonly string[]
let exam: RoutesExam
let folder: string

/** Waits until nothing runs and the numbers belong to the decisions. */
const settled = () =>
  page.waitForFunction(
    () => document.querySelector('.job') === null && document.querySelector('[data-stale]') === null,
    undefined,
    { timeout: 240_000 },
  )
const give = (place: string, ...files: HandedFile[]) =>
  page.locator(`[data-given=${place}] input[type=file]`).setInputFiles(files)
const cell = (route: string, level: string) =>
  page.locator(`[data-route="${route}"] [data-level=${level}] .reading`)
const exported = async () => {
  await goToTask(page, 'Report')
  const record = parseExamRecord((await download(page, 'exam.json')).bytes.toString('utf8'))
  await goToTask(page, 'Calibration')
  await page.locator('[data-testid=routes]').waitFor()
  return record
}

describeExternal('chromium', 'calibration routes side by side in the built viewer', () => {
  beforeAll(async () => {
    server = await startProduct()
    folder = await mkdtemp(join(tmpdir(), 'trabecula-routes-'))
    exam = await routesExam(folder)
    browser = await launchChromium()
    const opened = await openViewer(browser, server.url)
    page = opened.page
    complaints = opened.complaints
    page.setDefaultTimeout(120_000)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([...exam.images])
    await waitForLevels(page, ['L1', 'L2'])
    await goToTask(page, 'Calibration')
    await settled()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('says where a file cannot be taken, and what every route that was not tried lacks', async () => {
    await give('stored', { ...exam.stored, buffer: Buffer.from('{"schemaVersion":1') })
    await page.locator('[data-given=stored] [data-code=JSON_INVALID]').waitFor()
    await give('stored', exam.regions)
    await page.locator('[data-given=stored] [data-code=ASYNCHRONOUS_FILE_INVALID]').waitFor()
    await page.getByRole('button', { name: 'Compare all' }).click()
    await settled()
    for (const route of ['asynchronous', 'tissue-raw', 'dual-energy'])
      expect(await page.locator(`[data-route="${route}"]`).getAttribute('data-status')).toBe('not possible')
    expect(await page.locator('[data-route="asynchronous"]').textContent()).toContain(
      'No stored calibration was given',
    )
    await give('stored', exam.storedElsewhere)
    await page.locator('[data-route="asynchronous"][data-status="refused"]').waitFor()
    expect(await page.locator('[data-route="asynchronous"]').textContent()).toContain('Another model')
    await settled()
    await page.locator('[data-given=stored] .given-item button').click()
    await settled()
  })

  it('shows for each route the numbers of the record, and marks the used one with why', async () => {
    await give('stored', exam.stored)
    await give('tissue', ...exam.tissue)
    await give('regions', exam.regions)
    await page.locator('[data-given=second] button').click()
    await page.getByRole('option', { name: '80 kVp' }).click()
    await settled()
    await page.locator('[data-route="dual-energy"][data-status="done"]').waitFor()
    await settled()
    const record = await exported()
    expect(record.decisions.calibration).toMatchObject({ requested: 'all', used: 'in-scan' })
    expect(record.results.routes.map(({ route, status }) => [route, status])).toEqual(
      [...DENSITY_ROUTES, 'hu-only'].map((route) => [route, 'done']),
    )
    for (const { level, byCalibration } of record.results.spine.levels) {
      expect(byCalibration).toHaveLength(DENSITY_ROUTES.length)
      for (const { route, vbmdMgPerCm3, uncertaintyMgPerCm3 } of byCalibration)
        expect((await cell(route, level).textContent())?.trim()).toBe(
          printedValue(vbmdMgPerCm3 ?? Number.NaN, uncertaintyMgPerCm3, [80, 120]),
        )
    }
    expect(await page.locator('[data-route="in-scan"]').textContent()).toMatch(
      /Used: first in the order of trust/,
    )
    const said = (await page.locator('[data-testid=disagreements] li').allTextContents()).join('\n')
    const differ = record.results.spine.disagreements.filter(({ kind }) => kind === 'differ')
    // The stored line is a tenth too steep: it must disagree with the phantom.
    expect(differ.length).toBeGreaterThan(0)
    for (const { differenceMgPerCm3 } of differ)
      expect(said).toContain(`by ${Math.abs(differenceMgPerCm3 ?? 0).toFixed(1)} (±`)
    const screening = await page.locator('[data-testid=screening]').textContent()
    expect(screening).toContain(
      printedValue(record.results.spine.screening?.attenuationHu ?? Number.NaN, null),
    )
    expect(screening).toContain('Pickhardt 2013')
    expect(screening).not.toContain('mg/cm³')
    expect(await graveFindings(page)).toEqual([])
  })

  it('uses another route by key, says so everywhere, and takes it back', async () => {
    const before = await cell('in-scan', 'L1').textContent()
    const other = await cell('asynchronous', 'L1').textContent()
    expect(other).not.toBe(before)
    await page.getByRole('button', { name: 'Use stored calibration' }).focus()
    await page.keyboard.press('Enter')
    await settled()
    await page.locator('.banner [data-used=asynchronous]').waitFor()
    // What was compared stands on, beside the one that was chosen.
    expect(await cell('in-scan', 'L1').textContent()).toBe(before)
    await goToTask(page, 'Spine')
    const value = async () =>
      (await page.locator('[data-testid=level-value]').textContent())?.replace('mg/cm³', '').trim()
    expect(await value()).toBe(other?.trim())
    await page.keyboard.press('Control+z')
    await page.locator('.banner [data-used=in-scan]').waitFor()
    await settled()
    expect(await value()).toBe(before?.trim())
    await goToTask(page, 'Calibration')
  })

  it('shows the regions of tissues with their CT numbers, and moves one by key as a decision', async () => {
    await page.getByRole('button', { name: 'Show the region of muscle' }).click()
    const region = page.locator('[data-viewport=large] [data-shape="tissue 2"]')
    await region.waitFor()
    expect(await region.textContent()).toMatch(/muscle \d+ HU/)
    const centre = async () => (await region.getAttribute('data-center-lps'))?.split(' ').map(Number) ?? []
    const [x = Number.NaN] = await centre()
    await page.locator('[data-viewport=large]').focus()
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await centre())[0]).toBeCloseTo(x + 2, 6) // four steps of 0.5 mm
    await settled()
    const moved = await exported()
    expect(moved.decisions.tissueRegions[2]).toMatchObject({ tissue: 'skeletalMuscle', source: 'roi file' })
    expect(moved.decisions.tissueRegions[2]?.centerLps[0]).toBeCloseTo(x + 2, 6)
  })

  it('breaks no rule of the page, and says no error', () => {
    expect(complaints).toEqual([])
  })
})
