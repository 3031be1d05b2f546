import { expect, it } from 'vitest'

it('runs on a Node that reads TypeScript from source', () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  expect(major > 22 || (major === 22 && minor >= 18)).toBe(true)
})
