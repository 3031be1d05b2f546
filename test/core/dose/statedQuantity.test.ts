import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  printedDigits,
  roundingOf,
  type StatedQuantity,
  statedQuantity,
} from '../../../src/core/dose/statedQuantity.ts'

describe('statedQuantity', () => {
  it('keeps the digits of its source beside the value', () => {
    expect(statedQuantity(' 251.20 ')).toEqual({ value: 251.2, digits: '251.20' })
    expect(statedQuantity('0')).toEqual({ value: 0, digits: '0' })
  })

  it('reads no text that is more or less than one non-negative decimal', () => {
    for (const text of [
      '',
      ' ',
      '10.50/ 15.00',
      '1,5',
      '12 mGy',
      'NaN',
      'Infinity',
      '1e999',
      '-1',
      '0x1f',
      '.',
      '1_0',
    ])
      expect(statedQuantity(text), text).toBeUndefined()
  })

  it('is no quantity of another unit', () => {
    const dlp = statedQuantity<'mGy·cm'>('105.00')
    // @ts-expect-error a DLP must not pass for a CTDIvol
    const ctdiVol: StatedQuantity<'mGy'> | undefined = dlp
    expect(ctdiVol).toBe(dlp) // the types differ, at run time nothing does
  })

  it('prints what was written, and a plain number where an exponent or sign was written', () => {
    expect(printedDigits({ value: 251.2, digits: '251.20' })).toBe('251.20')
    expect(printedDigits({ value: 251.2, digits: '2.512e2' })).toBe('251.2')
    expect(printedDigits({ value: 3, digits: '+3.00' })).toBe('3')
  })

  it('prints only digits that read back as the value, whatever was written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double().map(String), fc.string(), fc.stringMatching(/^[-+]?\d*\.?\d*$/)),
        (text) => {
          const quantity = statedQuantity(text)
          if (quantity !== undefined) expect(Number(printedDigits(quantity))).toBe(quantity.value)
        },
      ),
    )
  })

  it('knows to what half unit a number was rounded', () => {
    expect(roundingOf({ digits: '251.20' })).toBeCloseTo(0.005, 12)
    expect(roundingOf({ digits: '251' })).toBe(0.5)
  })
})
