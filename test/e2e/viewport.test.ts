import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { angleBetween } from '../../src/core/geometry/vector.ts'
import { roiStatistics } from '../../src/core/volume/roiStatistics.ts'
import { describeExternal } from '../conformance/external.ts'
import { type BuiltPages, servePages } from './builtPages.ts'
import { launchChromium } from './chromium.ts'
import { type StoredOrientation, sceneVoi, sceneVolume } from './pages/viewport/scene.ts'
import { drag, greyDifference, laidOut, onPage, openViewportPage, type PageGlobal } from './viewportPage.ts'
import { reshapeByHand, shownVoi } from './voiByHand.ts'

const PICTURES = ['axial', 'coronal', 'sagittal', 'oblique'] as const
const ORIENTATIONS: readonly StoredOrientation[] = ['axial', 'feetFirst', 'coronal', 'oblique']
const PIXEL_RATIOS = [1, 1.5, 2] as const
const ZOOMS = [0.7, 1, 2.5] as const
/** To the right and down, in CSS pixels. */
const PANS = [
  [0, 0],
  [37, -21],
  [-60, 33],
] as const
const SIZE = [128, 128, 60] as const

/** Waits until the pictures have settled: all slices uploaded and drawn. */
async function settle(page: Page) {
  await expect
    .poll(
      async () => {
        const gaps = await Promise.all(PICTURES.map((id) => greyDifference(page, id)))
        return Math.max(...gaps.map(({ worst }) => worst))
      },
      { timeout: 60_000, interval: 500 },
    )
    // 8-bit rounding of the colour table (1024 entries) and of the canvas, and core's half-voxel grid in a slab
    .toBeLessThan(3)
}

describeExternal('chromium', 'The viewport in a browser', () => {
  let pages: BuiltPages
  let browser: Browser
  beforeAll(async () => {
    pages = await servePages()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
  })

  it.each(ORIENTATIONS)(
    'draws what the core reslices, in all four planes, from a series stored %s',
    async (stored) => {
      const page = await openViewportPage(browser, pages.url, { stored })
      await settle(page)
      for (const id of PICTURES) {
        const { places, spread } = await greyDifference(page, id)
        expect(places).toBeGreaterThan(40)
        expect(spread).toBeGreaterThan(60) // a picture, not a colour
      }
      await page.evaluate(() =>
        (globalThis as PageGlobal).harness.set({ slabMm: 12, window: { center: 100, width: 250 } }),
      )
      await settle(page)
      const isAlive = await page.evaluate(() => {
        const { contexts } = globalThis as PageGlobal
        return contexts.filter((context) => !context.isContextLost()).length
      })
      expect(isAlive).toBeGreaterThan(0)
      await page.context().close()
    },
  )

  it("gives the core's number for the VOI that a hand moved, tilted and resized, at any zoom, pan and pixel ratio", async () => {
    const failures: string[] = []
    let combinations = 0
    for (const stored of ORIENTATIONS) {
      const volume = sceneVolume(stored, SIZE)
      for (const pixelRatio of PIXEL_RATIOS) {
        const page = await openViewportPage(browser, pages.url, { stored, pixelRatio, window: [800, 560] })
        for (const zoom of ZOOMS)
          for (const pan of PANS) {
            combinations += 1
            const where = `${stored}, zoom ${zoom}, pan ${pan}, pixel ratio ${pixelRatio}`
            const { voi, said, done } = await reshapeByHand(page, zoom, pan)
            expect(done, where).toEqual(['resize', 'tilt', 'move'])
            const core = roiStatistics(volume, voi).mean
            // Half of the last digit on the page.
            if (Math.abs(said - core) > 5e-7) failures.push(`${where}: ${said} not ${core}`)
            // The hand did move it: size, tilt and place differ from where it began.
            expect(voi.radii[0], where).toBeGreaterThan(sceneVoi.radii[0] + 1)
            expect(angleBetween(voi.normal, sceneVoi.normal), where).toBeGreaterThan(3)
            expect(voi.center[0], where).toBeGreaterThan(sceneVoi.center[0] + 1)
          }
        await page.context().close()
      }
    }
    expect(failures).toEqual([])
    expect(combinations).toBe(108)
    // 108 times three drags, drawn in software: minutes on a machine that has other work.
  }, 600_000)

  it('ends in the same VOI and the same number when the hand covers the same millimetres at another zoom', async () => {
    const results: string[] = []
    for (const zoom of [0.8, 2, 4]) {
      const page = await openViewportPage(browser, pages.url, { pixelRatio: zoom === 2 ? 2 : 1 })
      await page.evaluate(
        ({ zoom, voi }) => {
          const { harness } = globalThis as PageGlobal
          harness.set({ selected: 'L1' })
          harness.handle('coronal')?.setCamera({ center: voi.center, heightMm: 160 / zoom })
        },
        { zoom, voi: sceneVoi },
      )
      await laidOut(page)
      const [from, to] = await page.evaluate(() => {
        const { harness } = globalThis as PageGlobal
        const handle = harness.handle('coronal')
        const { center } = harness.state().voi
        return [center, [center[0] + 5, center[1], center[2] - 4]].map((at) =>
          handle?.toPixels(at as unknown as typeof center),
        )
      })
      await drag(page, ['coronal', from![0], from![1]], ['coronal', to![0], to![1]])
      const { center } = await shownVoi(page)
      // Places on the page are rounded by the browser to a 64th of a pixel; 0.05 mm is more than that at any zoom here
      expect(center[0]).toBeCloseTo(sceneVoi.center[0] + 5, 1)
      expect(center[2]).toBeCloseTo(sceneVoi.center[2] - 4, 1)
      results.push(center.map((x) => x.toFixed(1)).join(' '))
      await page.context().close()
    }
    expect(new Set(results).size).toBe(1)
  })

  it('says what a hand does: live, then done once; Escape takes it back', async () => {
    const page = await openViewportPage(browser, pages.url)
    const at = await page.evaluate(() => {
      const { harness } = globalThis as PageGlobal
      return harness.handle('axial')?.toPixels(harness.state().voi.center)
    })
    await drag(page, ['axial', at![0], at![1]], ['axial', at![0] + 30, at![1]])
    const phases = await page.evaluate(() =>
      (globalThis as PageGlobal).harness.seen.edits.map(({ phase }) => phase),
    )
    expect(phases.filter((phase) => phase === 'done')).toHaveLength(1)
    expect(phases.at(-1)).toBe('done')
    expect(phases.filter((phase) => phase === 'live').length).toBeGreaterThan(1)

    const before = await shownVoi(page)
    const start = await onPage(page, ['axial', at![0] + 30, at![1]])
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(start.x + 25, start.y + 10, { steps: 4 })
    await page.keyboard.press('Escape')
    await page.mouse.up()
    expect(await shownVoi(page)).toEqual(before)
    const last = await page.evaluate(() => (globalThis as PageGlobal).harness.seen.edits.at(-1)?.phase)
    expect(last).toBe('cancelled')
    await page.context().close()
  })

  it('scrolls, zooms, windows, picks and maximises by mouse and by key', async () => {
    const page = await openViewportPage(browser, pages.url)
    const state = () => page.evaluate(() => (globalThis as PageGlobal).harness.state())
    const height = () =>
      page.evaluate(
        () => (globalThis as PageGlobal).harness.handle('axial')?.camera()?.heightMm ?? Number.NaN,
      )
    const middle = await onPage(page, ['axial', 500, 60])
    await page.mouse.click(middle.x, middle.y)
    const clicked = await state()
    await page.mouse.wheel(0, -120)
    await expect
      .poll(async () => (await state()).crosshair[2])
      .toBeCloseTo(
        // the next slice centre towards the head: slices are 2.5 mm apart, their centres at odd multiples of 1.25 mm
        clicked.crosshair[2] % 2.5 === 1.25
          ? clicked.crosshair[2] + 2.5
          : Math.round((clicked.crosshair[2] + 2.5 - 1.25) / 2.5) * 2.5 + 1.25,
        6,
      )
    const whole = await height()
    await page.keyboard.press('+')
    await expect.poll(height).toBeCloseTo(whole / 1.25, 6)
    await page.keyboard.press('f')
    await expect.poll(height).toBeCloseTo(whole, 6)
    await page.keyboard.press('2')
    expect((await state()).window).toEqual({ center: 40, width: 400 })
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down({ button: 'right' })
    await page.mouse.move(middle.x + 50, middle.y, { steps: 3 })
    await page.mouse.up({ button: 'right' })
    expect((await state()).window.width).toBeCloseTo(400 + 50 * (400 / 250), 6)
    await page.keyboard.press('t')
    expect((await state()).slabMm).toBe(1)
    await page.keyboard.press('n')
    expect((await state()).selected).toBe('L1')
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await state()).voi.center[0]).toBeCloseTo(sceneVoi.center[0] + 0.5, 9)
    await page.keyboard.press('Escape')
    expect((await state()).selected).toBeNull()
    await page.evaluate(() => (globalThis as PageGlobal).harness.set({ task: { kind: 'pick', label: 'L1' } }))
    await page.keyboard.press('Enter')
    await page.mouse.click(middle.x, middle.y + 40)
    const picks = await page.evaluate(() => (globalThis as PageGlobal).harness.seen.picks)
    expect(picks).toHaveLength(2)
    await page.evaluate(() => (globalThis as PageGlobal).harness.set({ task: { kind: 'browse' } }))
    await page.mouse.dblclick(middle.x, middle.y)
    await expect.poll(async () => page.locator('[data-viewport]').count()).toBe(1)
    await page.keyboard.press('m')
    await expect.poll(async () => page.locator('[data-viewport]').count()).toBe(4)
    await page.context().close()
  })

  it('says that the graphics were lost, builds the pictures again, and draws the same', async () => {
    const page = await openViewportPage(browser, pages.url)
    await settle(page)
    const words = page.getByText('The graphics of this computer were interrupted', { exact: false })
    const said = words.first().waitFor({ state: 'visible' })
    await page.evaluate(() => {
      const { contexts } = globalThis as PageGlobal
      for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext()
    })
    await said
    await page.waitForFunction(() => document.querySelectorAll('[data-graphics="drawn"]').length === 4)
    await settle(page)
    expect(await words.count()).toBe(0)
    await page.context().close()
  })

  it('shows slices as they arrive, and says which are still missing', async () => {
    const page = await openViewportPage(browser, pages.url, { arriving: true })
    const axial = page.locator('[data-viewport="axial"]')
    await axial.getByText('this slice is not read yet').waitFor({ state: 'visible' })
    await page.evaluate(() => (globalThis as PageGlobal).harness.arrive([32, 33, 34]))
    await axial.getByText('3 of 60 slices read').waitFor({ state: 'visible' })
    await expect
      .poll(async () => (await greyDifference(page, 'axial')).worst, { timeout: 30_000 })
      .toBeLessThan(3)
    await page.evaluate(() =>
      (globalThis as PageGlobal).harness.arrive(Array.from({ length: 60 }, (_, k) => k)),
    )
    await settle(page)
    await page.context().close()
  })
})
