import { describe, expect, it } from 'vitest'
import { part10File } from '../../../src/dicom/write/part10File.ts'

describe('part10File', () => {
  it('begins with a preamble, DICM and a group length that ends where the data set begins', () => {
    const bytes = part10File([
      [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
      [0x00080018, 'UI', '2.25.77'],
      [0x00100020, 'LO', 'X'],
    ])
    expect(bytes.subarray(0, 128).every((byte) => byte === 0)).toBe(true)
    expect(new TextDecoder().decode(bytes.subarray(128, 132))).toBe('DICM')
    const view = new DataView(bytes.buffer)
    expect(view.getUint16(132, true)).toBe(2)
    const dataSet = 144 + view.getUint32(140, true)
    expect(view.getUint16(dataSet, true)).toBe(8)
    expect(view.getUint16(dataSet + 2, true)).toBe(0x16)
  })

  it('refuses a data set without the UIDs of its object', () => {
    expect(() => part10File([[0x00100020, 'LO', 'X']])).toThrow(RangeError)
  })
})
