import { existsSync } from 'node:fs'

/** Where Debian and others put the browser; `CHROMIUM_PATH` goes before. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser's program on this machine, or nothing. */
export const chromiumPath = (): string | undefined =>
  [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path !== undefined && existsSync(path))
