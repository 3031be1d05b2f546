import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildViewer } from '../../src/server/viewerBuild.ts'
import { newFolder } from '../registry/emptyCluster.ts'

/** A tiny viewer of one page and one script, with the real bundler. */
function project({ withVite = true } = {}) {
  const root = newFolder()
  mkdirSync(join(root, 'src/viewer'), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'index.html'), '<script type="module" src="/src/viewer/main.ts"></script>')
  writeFileSync(join(root, 'src/viewer/main.ts'), 'document.title = "one"')
  if (withVite) symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'))
  const dist = join(root, 'dist')
  const script = () => {
    const [name] = readdirSync(join(dist, 'assets'))
    return readFileSync(join(dist, 'assets', name ?? ''), 'utf8')
  }
  return { root, dist, script }
}

it('builds a missing viewer, keeps a current one and rebuilds a stale one', async () => {
  const { root, dist, script } = project()
  let builds = 0
  const build = () => buildViewer(root, dist, () => builds++)
  expect(await build()).toEqual({ outcome: 'built' })
  expect(script()).toContain('one')
  expect(await build()).toEqual({ outcome: 'current' })
  expect(builds).toBe(1)
  writeFileSync(join(root, 'src/viewer/main.ts'), 'document.title = "two"')
  expect(await build()).toEqual({ outcome: 'built' })
  expect(script()).toContain('two')
})

it('refuses a viewer that does not build, with what the bundler said', async () => {
  const { root, dist } = project()
  writeFileSync(join(root, 'src/viewer/main.ts'), 'import "./nowhere.ts"')
  const failure = await buildViewer(root, dist, () => undefined).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'VIEWER_BUILD_FAILED' })
  expect(String((failure as Error).cause)).toContain('nowhere.ts')
})

it('keeps a stale viewer where there is no bundler, and says when there is none at all', async () => {
  const { root, dist } = project({ withVite: false })
  const build = () => buildViewer(root, dist, () => undefined)
  expect(await build()).toEqual({ outcome: 'absent' })
  mkdirSync(dist)
  writeFileSync(join(dist, 'index.html'), 'old')
  expect(await build()).toMatchObject({ outcome: 'kept' })
  rmSync(join(root, 'src'), { recursive: true })
  expect(await build()).toMatchObject({ outcome: 'kept' })
  expect(existsSync(join(dist, 'index.html'))).toBe(true)
})
