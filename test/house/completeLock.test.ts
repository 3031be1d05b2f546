import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { missingFromLock } from './completeLock.ts'

it('finds the binaries of other platforms that a lock lacks', () => {
  const packages = {
    'node_modules/tool': {
      dev: true,
      optionalDependencies: { 'tool-linux-x64-musl': '1.2.3', 'tool-linux-x64': '1.2.3' },
    },
    'node_modules/tool-linux-x64': { version: '1.2.3' },
  }
  expect(missingFromLock({ packages })).toEqual({
    'node_modules/tool-linux-x64-musl': {
      version: '1.2.3',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
  })
})

it('finds none missing in ours: mend it with `npm run lock` after an install', () => {
  expect(Object.keys(missingFromLock(JSON.parse(readFileSync('package-lock.json', 'utf8'))))).toEqual([])
})
