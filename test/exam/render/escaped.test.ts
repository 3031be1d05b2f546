import { expect, it } from 'vitest'
import { escaped } from '../../../src/exam/render/escaped.ts'

it('leaves nothing that HTML or XML would take for markup, and nothing that XML forbids', () => {
  expect(escaped('O<Brien & "Söhne" \'x\'>')).toBe('O&lt;Brien &amp; &quot;Söhne&quot; &#39;x&#39;&gt;')
  expect(escaped('a\u0000\u0007b\ufffec')).toBe('a b c')
})
