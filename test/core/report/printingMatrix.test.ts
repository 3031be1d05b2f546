import { describe, expect, it } from 'vitest'
import { type SpineCircumstances, spinePrinting } from '../../../src/core/report/printingMatrix.ts'

const full: SpineCircumstances = {
  route: 'in-scan',
  contrastGiven: false,
  evaluableLevels: 2,
  population: { population: 'A' },
}

describe('what may be printed of a spine', () => {
  it('is everything with a phantom, two vertebrae, no contrast, and a patient to whom the cut points apply', () => {
    expect(spinePrinting(full)).toEqual({ vbmd: true, mean: true, category: true, categoryWithheld: null })
    expect(spinePrinting({ ...full, population: { population: 'T' } }).category).toBe(true)
  })

  it('is no density, no mean and no category without calibration', () => {
    expect(spinePrinting({ ...full, route: 'none' })).toEqual({
      vbmd: false,
      mean: false,
      category: false,
      categoryWithheld: 'route',
    })
  })

  it.each([
    ['asynchronous', true, true],
    ['tissue-precalibrated', true, false],
    ['tissue-raw', true, false],
    ['dual-energy', true, false],
  ] as const)('by route %s: vBMD %s, category %s', (route, vbmd, category) => {
    expect(spinePrinting({ ...full, route, qualityPassed: true })).toMatchObject({ vbmd, category })
  })

  it.each([
    ['tissue-precalibrated', 'sitePolicy'],
    ['tissue-raw', 'researchRoute'],
    ['dual-energy', 'researchRoute'],
    ['asynchronous', 'qualityNotPassed'],
  ] as const)('withholds the category by route %s because of %s', (route, categoryWithheld) => {
    expect(spinePrinting({ ...full, route })).toMatchObject({ categoryWithheld })
  })

  it('is per-level values only with one evaluable vertebra', () => {
    expect(spinePrinting({ ...full, evaluableLevels: 1 })).toEqual({
      vbmd: true,
      mean: false,
      category: false,
      categoryWithheld: 'tooFewLevels',
    })
  })

  it('keeps value and mean with contrast and withholds the category', () => {
    expect(spinePrinting({ ...full, contrastGiven: true })).toEqual({
      vbmd: true,
      mean: true,
      category: false,
      categoryWithheld: 'contrast',
    })
  })

  it.each([
    [{ population: 'C' }, 'child'],
    [{ population: 'B' }, 'youngAdult'],
    [{ population: null, missing: 'sex' }, 'missingSex'],
    [{ population: null, missing: 'age' }, 'missingAge'],
    [{ population: null, missing: 'menopausalStatus' }, 'missingMenopausalStatus'],
  ] as const)('withholds the category from %j because of %s', (population, categoryWithheld) => {
    expect(spinePrinting({ ...full, population })).toMatchObject({
      vbmd: true,
      category: false,
      categoryWithheld,
    })
  })
})
