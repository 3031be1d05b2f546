import type { Browser, Page } from 'playwright-core'
import type { Harness } from './pages/viewport/main.tsx'
import type { StoredOrientation } from './pages/viewport/scene.ts'

/** The page's own state, as seen from a function that runs in it. */
export type PageGlobal = typeof globalThis & {
  harness: Harness
  contexts: WebGL2RenderingContext[]
}

/** A picture and a place in it, in CSS pixels from its upper left corner. */
export type PicturePlace = readonly [id: string, x: number, y: number]

/** Keeps every WebGL context of a page within reach, so that a test can ask whether it lives, or take it away. */
export async function watchContexts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const contexts: unknown[] = []
    Object.assign(globalThis, { contexts })
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...words: unknown[]) {
      const context = (original as (...words: unknown[]) => unknown).apply(this, words)
      if (words[0] === 'webgl2' && context && !contexts.includes(context)) contexts.push(context)
      return context
    } as typeof original
  })
}

/** Opens the viewport's test page and waits until all four pictures are drawn. */
export async function openViewportPage(
  browser: Browser,
  url: string,
  options: {
    readonly stored?: StoredOrientation
    readonly size?: string
    readonly pixelRatio?: number
    readonly arriving?: boolean
    /** Width and height of the window in CSS pixels. Pictures drawn in software take their time by the pixel. */
    readonly window?: readonly [number, number]
  } = {},
): Promise<Page> {
  const {
    stored = 'axial',
    size = '128x128x60',
    pixelRatio = 1,
    arriving = false,
    window = [1280, 800],
  } = options
  const context = await browser.newContext({
    viewport: { width: window[0], height: window[1] },
    deviceScaleFactor: pixelRatio,
  })
  const page = await context.newPage()
  await watchContexts(page)
  await page.goto(`${url}/viewport/?stored=${stored}&size=${size}${arriving ? '&arriving' : ''}`)
  await page.waitForFunction(() => document.querySelectorAll('[data-graphics="drawn"]').length === 4)
  return page
}

/** Waits until what was asked of the page has been laid out. */
export async function laidOut(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  )
}

/** Where a place of a picture is on the page. */
export async function onPage(page: Page, [id, x, y]: PicturePlace): Promise<{ x: number; y: number }> {
  const box = await page.locator(`[data-viewport="${id}"]`).boundingBox()
  if (box === null) throw new Error(`no picture ${id}`)
  return { x: box.x + x, y: box.y + y }
}

/** Drags from one place of a picture to another of the same picture in steps, as a hand does. */
export async function drag(page: Page, from: PicturePlace, to: PicturePlace, steps = 8): Promise<void> {
  const start = await onPage(page, from)
  const end = { x: start.x + to[1] - from[1], y: start.y + to[2] - from[2] }
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.x, end.y, { steps })
  await page.mouse.up()
}

/** The largest difference of grey levels (0 to 255) between a picture and core's own reslicer, on a grid of places. */
export async function greyDifference(
  page: Page,
  id: string,
): Promise<{ places: number; worst: number; spread: number }> {
  return page.evaluate((id) => {
    const { harness } = globalThis as PageGlobal
    const box = document.querySelector(`[data-viewport="${id}"]`)
    if (!box) throw new Error(`no picture ${id}`)
    const points: [number, number][] = []
    for (let a = 0.06; a < 1; a += 0.06)
      for (let b = 0.06; b < 1; b += 0.06)
        points.push([Math.floor(box.clientWidth * a) + 0.5, Math.floor(box.clientHeight * b) + 0.5])
    // Within two voxels of the outer faces the library draws no half voxel and core does.
    const isWell = ([x, y]: [number, number]) =>
      [-8, 0, 8].every((dx) =>
        [-8, 0, 8].every((dy) => Number.isFinite(harness.expectedGrey(id, [[x + dx, y + dy]])[0])),
      )
    const inner = points.filter(isWell)
    const expected = harness.expectedGrey(id, inner)
    const shown = harness.shownGrey(id, inner)
    const gaps = expected.map((grey, index) => Math.abs(grey - shown[index]!))
    return {
      places: inner.length,
      worst: Math.max(...gaps),
      spread: Math.max(...shown) - Math.min(...shown),
    }
  }, id)
}
