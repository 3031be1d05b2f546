import { describe, expect, it } from 'vitest'
import { uidOfWords } from '../../../src/dicom/write/uid.ts'

describe('uidOfWords', () => {
  it('is a UUID-derived UID of version 8 that DICOM accepts', () => {
    const uid = uidOfWords([0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff])
    expect(uid).toMatch(/^2\.25\.(0|[1-9]\d*)$/)
    expect(uid.length).toBeLessThanOrEqual(64)
    const hex = BigInt(uid.slice(5)).toString(16).padStart(32, '0')
    expect(hex[12]).toBe('8')
    expect('89ab').toContain(hex[16])
    expect(uidOfWords([0, 0, 0, 0])).not.toBe(uid)
  })
})
