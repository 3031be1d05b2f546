import type { DroppedFile } from './examWorkerApi.ts'

/** Files per turn of the page's event loop: a few milliseconds. */
const PORTION = 25

/**
 * Sends the files of a drop a few at a time.
 *
 * The first time a chosen file is sent anywhere, Chromium asks another process about it and the page stands still:
 * 300 files at once are a task of 90 ms, 25 are one of 8 ms. What was sent once is sent again for nothing.
 */
export async function inPortions(
  files: readonly DroppedFile[],
  send: (portion: readonly DroppedFile[], isFirst: boolean) => void,
): Promise<void> {
  for (let from = 0; from < files.length; from += PORTION) {
    send(files.slice(from, from + PORTION), from === 0)
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}
