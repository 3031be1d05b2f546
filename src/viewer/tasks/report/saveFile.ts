import type { MadeFile } from '../../worker/examWorkerApi.ts'

/** How long a download may take to begin before its address is taken back, ms. */
const KEEP_MS = 60_000

/** Hands a file to the browser's downloads. */
export function saveFile({ name, type, bytes }: MadeFile): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS)
}
