import type { Page } from 'playwright-core'
import { lpsPoint, lpsVector } from '../../src/core/geometry/lps.ts'
import type { EllipticalCylinder } from '../../src/core/volume/roi.ts'
import { sceneVoi } from './pages/viewport/scene.ts'
import { drag, type PageGlobal, type PicturePlace } from './viewportPage.ts'

/** What a hand left behind. */
export interface ReshapedVoi {
  /** As the page's overlay states it. */
  readonly voi: EllipticalCylinder
  /** The mean that stands on the page, in HU. */
  readonly said: number
  /** The edits that were done, one a drag, in order. */
  readonly done: readonly string[]
}

/** The VOI as the page's overlay states it, in LPS. */
export async function shownVoi(page: Page): Promise<EllipticalCylinder> {
  const facts = await page
    .locator('[data-viewport="oblique"] [data-shape="L1"]')
    .first()
    .evaluate((node) => ({
      ...(node as SVGElement & { dataset: DOMStringMap }).dataset,
    }))
  const numbers = (text: string | undefined) =>
    (text ?? '').split(' ').map(Number) as [number, number, number]
  return {
    kind: 'ellipticalCylinder',
    center: lpsPoint(...numbers(facts.centerLps)),
    normal: lpsVector(...numbers(facts.normalLps)),
    lateral: lpsVector(...numbers(facts.lateralLps)),
    radii: numbers(facts.radiiMm).slice(0, 2) as unknown as [number, number],
    height: Number(facts.heightMm),
  }
}

/** Where a handle stands in its picture. */
const handleAt = (page: Page, id: string, handle: string): Promise<PicturePlace> =>
  page.evaluate(
    ({ id, handle }) => {
      const picture = document.querySelector(`[data-viewport="${id}"]`)
      const box = picture?.querySelector(`[data-handle="${handle}"]`)?.getBoundingClientRect()
      const frame = picture?.getBoundingClientRect()
      if (box === undefined || frame === undefined) throw new Error(`no handle ${handle} in ${id}`)
      return [id, box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y] as const
    },
    { id, handle },
  )

/**
 * Puts the scene's VOI back, aims the pictures at it, and drags it with the real pointer: wider in its own plane,
 * tilted in the sagittal picture, moved in the axial one.
 *
 * @param zoom - 1 shows 160 mm from top to bottom.
 * @param pan - To the right and down, in CSS pixels.
 */
export async function reshapeByHand(
  page: Page,
  zoom: number,
  pan: readonly [right: number, down: number],
): Promise<ReshapedVoi> {
  await page.evaluate(
    ({ voi, heightMm, pan }) => {
      const { harness } = globalThis as PageGlobal
      harness.set({ voi, crosshair: voi.center, selected: 'L1' })
      for (const id of ['axial', 'sagittal', 'oblique'])
        harness.aim(id, { center: voi.center, heightMm }, pan)
      harness.seen.edits.length = 0
    },
    { voi: sceneVoi, heightMm: 160 / zoom, pan },
  )
  const [, x, y] = await handleAt(page, 'oblique', 'lateral+')
  await drag(page, ['oblique', x, y], ['oblique', x + 9 * zoom, y], 2)
  const [, a, b] = await handleAt(page, 'sagittal', 'tilt')
  await drag(page, ['sagittal', a, b], ['sagittal', a + 14, b + 3], 2)
  const [right, down] = await page.evaluate(() => {
    const { harness } = globalThis as PageGlobal
    const at = harness.handle('axial')?.toPixels(harness.state().voi.center)
    if (!at) throw new Error('the axial picture is not laid out')
    return at
  })
  await drag(page, ['axial', right, down], ['axial', right + 12 * zoom, down - 7 * zoom], 2)
  const { said, done } = await page.evaluate(() => ({
    said: Number(document.querySelector('[data-testid="mean"]')?.textContent ?? 'NaN'),
    done: (globalThis as PageGlobal).harness.seen.edits
      .filter(({ phase }) => phase === 'done')
      .map(({ edit }) => (edit.kind === 'voi' ? edit.edit : edit.kind)),
  }))
  return { voi: await shownVoi(page), said, done }
}
