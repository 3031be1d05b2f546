import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'

/**
 * Memory that a browser's page processes hold, in bytes, after garbage was collected: heap, buffers, stacks, code.
 * What several processes share counts in parts, so memory shared between page and worker counts once.
 *
 * The browser's own `measureUserAgentSpecificMemory` counts shared memory once for every object that stands for it.
 */
export async function rendererMemory(browser: Browser, page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.detach()
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
        return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0)
      }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
