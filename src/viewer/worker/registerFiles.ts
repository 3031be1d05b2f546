import type { DroppedFile } from './examWorkerApi.ts'

/** Files per turn of the page's event loop: a few milliseconds. */
const PORTION = 25

/**
 * Lets the browser register each file for other threads, a few at a time.
 *
 * The first time a chosen file is sent anywhere, Chromium asks another process about it and the page stands still:
 * 300 files at once are a task of 90 ms, 25 are one of 8 ms. What was sent once is sent again for nothing.
 */
export async function registerFiles(files: readonly DroppedFile[]): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  for (let from = 0; from < files.length; from += PORTION) {
    port1.postMessage(files.slice(from, from + PORTION))
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  port1.close()
  port2.close()
}
