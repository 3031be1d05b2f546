import { describe, expect, it } from 'vitest'
import template from '../../../../src/core/calibration/tissue/tissueDensities.json' with { type: 'json' }
import { parseTissueDensities } from '../../../../src/core/calibration/tissue/tissueDensities.ts'
import { tissueHu } from '../../../../src/core/calibration/tissue/tissueHu.ts'
import { codeOf } from '../seededNormal.ts'
import { densities } from './modelTissues.ts'

describe('the CT number of a tissue at an energy', () => {
  it.each([
    [60, 44, 59, -89, 1935],
    [70, 43, 56, -79, 1594],
    [80, 42, 54, -69, 1330],
  ])('is that of the linear attenuation at %d keV', (energy, muscle, blood, adipose, bone) => {
    // The expected numbers were computed apart from this program, and are given as whole HU. Bone at 60 keV was given
    // as 1936; by hand it is 1000·(1.92·0.3148/0.2059 − 1) = 1935.48.
    expect(Math.round(tissueHu('skeletalMuscle', energy, densities))).toBe(muscle)
    expect(Math.round(tissueHu('blood', energy, densities))).toBe(blood)
    expect(Math.round(tissueHu('adipose', energy, densities))).toBe(adipose)
    expect(Math.round(tissueHu('corticalBone', energy, densities))).toBe(bone)
    expect(tissueHu('air', energy, densities)).toBe(-1000)
  })
})

describe('the densities of tissues', () => {
  it('are refused as long as nobody has read them against their source', () => {
    expect(codeOf(() => parseTissueDensities(template))).toBe('TISSUE_REFERENCE_UNVERIFIED')
  })

  it('need the name of a user who vouches for them', () => {
    const source = { ...template.source, verification: 'user' }
    expect(codeOf(() => parseTissueDensities({ ...template, source }))).toBe('TISSUE_FILE_INVALID')
    expect(parseTissueDensities({ ...template, source: { ...source, verifiedBy: 'A B' } })).toMatchObject({
      verifiedBy: 'A B',
      citation: template.source.citation,
    })
  })

  it('are refused in another unit or with a tissue missing', () => {
    const source = { citation: 'c', verification: 'V2' }
    const inKg = { ...template.densityGPerCm3, adipose: 950 }
    expect(codeOf(() => parseTissueDensities({ ...template, source, densityGPerCm3: inKg }))).toBe(
      'TISSUE_FILE_INVALID',
    )
    const { blood: _, ...rest } = template.densityGPerCm3
    expect(codeOf(() => parseTissueDensities({ ...template, source, densityGPerCm3: rest }))).toBe(
      'TISSUE_FILE_INVALID',
    )
  })
})
