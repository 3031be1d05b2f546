import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'
import { expect, it } from 'vitest'

const rules: { options: object } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs')

it('sees every import between rooms, those of types alone included', async () => {
  // A cruiser without a parser for TypeScript finds no dependency and therefore no violation: it would be always green.
  const { output } = await cruise(['src/dicom/ctStudy.ts'], { ...rules.options, outputType: 'json' })
  expect(String(output)).toContain('src/core/geometry/lps.ts')
})
