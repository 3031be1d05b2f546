import { readFile } from 'node:fs/promises'
import type { Browser, Download, Page } from 'playwright-core'
import { lpsPoint, lpsVector } from '../../src/core/geometry/lps.ts'
import type { EllipticalCylinder } from '../../src/core/volume/roi.ts'
import { watchContexts } from './viewportPage.ts'

/** A page of the viewer, and everything it complained of. */
export interface ViewerPage {
  readonly page: Page
  /** Errors of scripts, refusals of the page's policy, failed requests. */
  readonly complaints: readonly string[]
}

/** Opens a page of the viewer and listens for complaints. */
export async function openViewer(browser: Browser, url: string, pixelRatio = 1): Promise<ViewerPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: pixelRatio,
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await watchContexts(page)
  await page.goto(url)
  return { page, complaints }
}

/** Goes to a step of the exam by its button on the rail. */
export async function goToTask(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click()
}

/** Waits until the numbers of the levels stand. Reading, finding rods and vertebrae takes its time on a busy machine. */
export async function waitForLevels(page: Page, levels: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      wanted.every((level) => document.querySelector(`[data-shape="voi ${level}"]`) !== null) &&
      document.querySelectorAll('[data-graphics="drawn"]').length >= 3,
    levels,
    { timeout: 240_000 },
  )
}

const triple = (text: string | undefined) => (text ?? '').split(' ').map(Number) as [number, number, number]

/** A VOI as a picture's overlay states it, in LPS mm. */
export async function overlayVoi(page: Page, level: string): Promise<EllipticalCylinder> {
  const facts = await page
    .locator(`[data-shape="voi ${level}"]`)
    .first()
    .evaluate((node) => ({ ...(node as SVGElement).dataset }))
  return {
    kind: 'ellipticalCylinder',
    center: lpsPoint(...triple(facts.centerLps)),
    normal: lpsVector(...triple(facts.normalLps)),
    lateral: lpsVector(...triple(facts.lateralLps)),
    radii: triple(facts.radiiMm).slice(0, 2) as unknown as [number, number],
    height: Number(facts.heightMm),
  }
}

/** What the panel of the spine says of the selected level, as read on screen. */
export async function readNumbers(page: Page) {
  // biome-ignore lint/performance/useDomNodeTextContent: as read on screen, with the gaps between the elements
  const text = (await page.locator('.level-numbers').innerText()).replaceAll(/\s+/g, ' ')
  return {
    text,
    meanHu: Number(/(-?[\d.]+) HU/.exec(text)?.[1] ?? Number.NaN),
    n: Number(/\bn (\d+)/.exec(text)?.[1] ?? Number.NaN),
    vbmd: Number(/([\d.]+) ± [\d.]+ mg\/cm³/.exec(text)?.[1] ?? Number.NaN),
  }
}

/** Whether the page's WebGL lives and its pictures vary: how many grey levels each picture shows. */
export async function pictureLife(page: Page): Promise<{ living: number; greys: number[] }> {
  return page.evaluate(() => {
    const { contexts } = globalThis as unknown as { contexts: WebGL2RenderingContext[] }
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.viewport canvas.cornerstone-canvas')]
    const greys = canvases.map((canvas) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      const levels = new Set<number>()
      for (let at = 0; at < data.length; at += 4 * 97) levels.add(data[at]!)
      return levels.size
    })
    return { living: contexts.filter((context) => !context.isContextLost()).length, greys }
  })
}

/** Presses a button that hands out a file, and gives the file's bytes. */
export async function download(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const coming: Promise<Download> = page.waitForEvent('download', { timeout: 120_000 })
  await page.getByRole('button', { name: button, exact: true }).click()
  const file = await coming
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}
