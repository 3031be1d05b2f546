import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * SHA-256 of the names and bytes of files and folders, by which something made from them is known to be of today.
 * Times of change are not asked: a fresh clone, a copy and a container have them all alike. What is missing counts as
 * missing.
 *
 * @param root - The folder in which `paths` lie.
 */
export function sourceDigest(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of [...paths].sort()) {
    const whole = join(root, path)
    const files = !existsSync(whole)
      ? []
      : statSync(whole).isDirectory()
        ? readdirSync(whole, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name))
            .sort()
        : [whole]
    hash.update(`${path}\n${files.length}\n`)
    for (const file of files) {
      const bytes = readFileSync(file)
      hash.update(`${file.slice(root.length)}\n${bytes.length}\n`).update(bytes)
    }
  }
  return hash.digest('hex')
}
