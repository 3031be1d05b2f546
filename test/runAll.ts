import { spawnSync } from 'node:child_process'

/** The README's test command: static checks, then every test. Further words go to vitest. */
const steps: readonly (readonly string[])[] = [
  ['npm', 'run', '--silent', 'check'],
  ['npx', '--no-install', 'vitest', 'run', ...process.argv.slice(2)],
]

let failed = false
for (const [command, ...words] of steps) {
  if (command === undefined) continue
  failed = spawnSync(command, words, { stdio: 'inherit' }).status !== 0 || failed
}
process.exit(failed ? 1 : 0)
