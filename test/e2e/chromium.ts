import { type Browser, chromium } from 'playwright-core'
import { chromiumPath } from './chromiumPath.ts'

/**
 * Starts a headless Chromium whose WebGL 2 is drawn in software.
 *
 * Chromium no longer falls back to software drawing by itself; without these words a test would see no picture.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new Error('no Chromium found; set CHROMIUM_PATH')
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  })
}
