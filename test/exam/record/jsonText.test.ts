import { describe, expect, it } from 'vitest'
import { parseJsonText } from '../../../src/exam/record/jsonText.ts'

describe('the JSON of a text', () => {
  it('may begin with a byte order mark', () => {
    expect(parseJsonText('\uFEFF{"a":1}', 'policy')).toEqual({ a: 1 })
  })

  it('is refused with the place of the fault and without the words around it', () => {
    const broken = '{"name": "Example^Anna", oops}'
    expect(() => parseJsonText(broken, 'policy')).toThrow(expect.objectContaining({ code: 'JSON_INVALID' }))
    expect(() => parseJsonText(broken, 'policy')).toThrow(/policy file.*at position 25/)
    expect(() => parseJsonText(broken, 'policy')).not.toThrow(/Anna/)
  })
})
