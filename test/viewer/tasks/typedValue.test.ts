import { describe, expect, it } from 'vitest'
import { typedValue } from '../../../src/viewer/tasks/patient/typedValue.ts'

describe('a typed fact of the patient sheet', () => {
  it('takes a decimal comma for a point', () => {
    expect(typedValue('heightCm', '160,5')).toEqual({ ok: true, value: 160.5 })
  })

  it('takes an emptied field as not stated, never as zero', () => {
    expect(typedValue('weightKg', '')).toEqual({ ok: true, value: null })
  })

  it.each([
    ['heightCm', '1,60'],
    ['heightCm', 'tall'],
    ['birthDate', '02.01.1950'],
    ['birthDate', '1950-02-30'],
    ['ageYears', '-3'],
  ] as const)('refuses %s of %s', (fact, text) => {
    expect(typedValue(fact, text).ok).toBe(false)
  })
})
