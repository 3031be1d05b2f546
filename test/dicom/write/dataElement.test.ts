import { describe, expect, it } from 'vitest'
import { decimalString, encodeElements } from '../../../src/dicom/write/dataElement.ts'

describe('decimalString', () => {
  it('keeps a number that fits, and rounds one that does not to 16 characters', () => {
    expect(decimalString(0.78)).toBe('0.78')
    expect(decimalString(-1024)).toBe('-1024')
    for (const value of [
      Math.PI,
      -Math.E * 1e-7,
      1 / 3,
      -199.29000000000002,
      123456789.12345679,
      -1 / 7e10,
    ]) {
      const words = decimalString(value)
      expect(words.length).toBeLessThanOrEqual(16)
      // a sign, a leading zero, a point and an exponent leave at least nine digits
      expect(Math.abs(Number(words) / value - 1)).toBeLessThan(1e-8)
    }
  })

  it('refuses what is not finite', () => {
    expect(() => decimalString(Number.NaN)).toThrow(RangeError)
    expect(() => decimalString(Infinity)).toThrow(RangeError)
  })
})

describe('encodeElements', () => {
  it('writes explicit VR little endian by tag, padded to even length', () => {
    const bytes = encodeElements([
      [0x00280010, 'US', 512],
      [0x00080018, 'UI', '1.2.3'],
      [0x00080008, 'CS', ['A', 'BC']],
      [0x7fe00010, 'OW', Uint8Array.of(1, 2)],
    ])
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(hex).toBe(
      [
        '08000800' + '4353' + '0400' + '415c4243',
        '08001800' + '5549' + '0600' + '312e322e3300',
        '28001000' + '5553' + '0200' + '0002',
        'e07f1000' + '4f57' + '0000' + '02000000' + '0102',
      ].join(''),
    )
  })

  it('writes text as UTF-8 and pads it with a space', () => {
    const bytes = encodeElements([[0x00100010, 'PN', 'Müller^A']])
    expect(bytes[6]).toBe(10)
    expect(new TextDecoder().decode(bytes.subarray(8))).toBe('Müller^A ')
  })

  it('writes the items of a sequence with their lengths, nested and empty', () => {
    const bytes = encodeElements([[0x0040a730, 'SQ', [[[0x00080100, 'SH', 'A1']], [[0x0040a043, 'SQ', []]]]]])
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(hex).toBe(
      [
        '400030a7' + '5351' + '0000' + '26000000',
        'feff00e0' + '0a000000' + '08000001' + '5348' + '0200' + '4131',
        'feff00e0' + '0c000000' + '400043a0' + '5351' + '0000' + '00000000',
      ].join(''),
    )
  })

  it('refuses a value its length field cannot hold', () => {
    expect(() => encodeElements([[0x00081030, 'LO', 'x'.repeat(70_000)]])).toThrow(RangeError)
  })
})
