import { describe, expect, it } from 'vitest'
import { refusalLine } from '../../src/cli/refusalLine.ts'
import { QctError } from '../../src/core/errors.ts'

describe('a refusal on the terminal', () => {
  it('names the option that does what the message advises', () => {
    const line = refusalLine(new QctError('RODS_AMBIGUOUS', { candidates: ['a', 'b'] }))
    expect(line).toMatch(/^RODS_AMBIGUOUS: .+ \(a, b\)\. Name the phantom\. .*--phantom/)
    expect(refusalLine(new QctError('SPINE_NOT_FOUND', {}))).toContain('--roi')
  })

  it('adds nothing where no option helps', () => {
    expect(refusalLine(new QctError('CANCELLED', {}))).toMatch(/^CANCELLED: .+\.$/)
    expect(refusalLine({ code: 'ANY', message: 'Said.' })).toBe('ANY: Said.')
  })
})
