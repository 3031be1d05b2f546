import { describe, expect, it } from 'vitest'
import {
  type AcquisitionFacts,
  acquisitionWarnings,
  namesAgent,
} from '../../../src/core/quality/acquisitionWarnings.ts'

const clean: AcquisitionFacts = {
  kvp: 120,
  sliceThicknessMm: 3,
  sliceSpacingMm: 3,
  contrastBolusAgent: null,
  format: 'DICOM',
}
const codes = (facts: Partial<AcquisitionFacts>) =>
  acquisitionWarnings({ ...clean, ...facts }).map(({ code }) => code)

describe('the doubts an acquisition puts on a spine measurement', () => {
  it('are none at 120 kVp, 3 mm and without contrast', () => {
    expect(codes({})).toEqual([])
  })

  it('are none for slices that overlap', () => {
    expect(codes({ sliceThicknessMm: 1, sliceSpacingMm: 0.7 })).toEqual([])
  })

  it('are those of the real 140 kVp, 5 mm exam', () => {
    expect(codes({ kvp: 140, sliceThicknessMm: 5, sliceSpacingMm: 4.25 })).toEqual([
      'KVP_NOT_120',
      'SLICES_THICK',
    ])
  })

  it('take the distance of slices for their thickness where none is stated', () => {
    expect(codes({ sliceThicknessMm: null, sliceSpacingMm: 5 })).toEqual(['SLICES_THICK'])
  })

  it('name bone that was not imaged between slices', () => {
    expect(codes({ sliceThicknessMm: 1, sliceSpacingMm: 2 })).toEqual(['SLICES_GAPPED'])
    expect(codes({ sliceThicknessMm: 1, sliceSpacingMm: 1.004 })).toEqual([]) // headers round
  })

  it('say what a NIfTI file cannot say', () => {
    expect(codes({ kvp: null, sliceThicknessMm: null, format: 'NIfTI' })).toEqual([
      'KVP_UNKNOWN',
      'CONTRAST_UNKNOWN',
    ])
  })

  it('name the contrast agent', () => {
    expect(acquisitionWarnings({ ...clean, contrastBolusAgent: 'Ultravist 370' })[0]).toMatchObject({
      code: 'CONTRAST_AGENT',
      details: { agent: 'Ultravist 370' },
    })
  })
})

it.each([
  ['APPLIED', true],
  ['Omnipaque', true],
  ['', false],
  [' NONE ', false],
  [null, false],
])('reads ContrastBolusAgent %j as agent given: %s', (text, given) => {
  expect(namesAgent(text)).toBe(given)
})
