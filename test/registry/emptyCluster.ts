import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import product from '../../package.json' with { type: 'json' }
import { openRegistry } from '../../src/registry/openRegistry.ts'

/** Name and version under which tests write. */
export const TEST_PROGRAM = 'Trabecula 0.0.0-test'

const cache = join(import.meta.dirname, '../../node_modules/.cache/trabecula-tests')

/**
 * A new data folder whose registry is empty and of this program's form.
 *
 * Making a PGlite database takes seconds, so one is made per version of PGlite and copied. Its tables are brought up to
 * date when it is opened.
 */
export async function emptyDataFolder(): Promise<string> {
  const template = join(cache, `pglite-${product.dependencies['@electric-sql/pglite']}`)
  if (!existsSync(template)) {
    mkdirSync(cache, { recursive: true })
    const partial = mkdtempSync(join(cache, 'partial-'))
    await (await openRegistry({ dataFolder: partial, program: TEST_PROGRAM, migrate: false })).close()
    try {
      renameSync(partial, template)
    } catch {
      rmSync(partial, { recursive: true }) // another test file was faster
    }
  }
  const folder = newFolder()
  cpSync(template, folder, { recursive: true })
  return folder
}

const made: string[] = []
// Registered before the hooks of the test file that imports this, so it runs after them: a database is 40 MB.
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A new empty folder of a test, removed after the tests of its file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trabecula-registry-'))
  made.push(folder)
  return folder
}
