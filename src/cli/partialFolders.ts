import { rmSync } from 'node:fs'

const open = new Set<string>()

/** Notes a folder that holds something unfinished. */
export const rememberPartial = (path: string) => open.add(path)
/** Forgets a folder that was finished or removed. */
export const forgetPartial = (path: string) => open.delete(path)

/** Removes everything unfinished, so that Ctrl-C leaves nothing half-written. */
export function removePartialFolders(): void {
  for (const path of open) rmSync(path, { recursive: true, force: true })
  open.clear()
}
