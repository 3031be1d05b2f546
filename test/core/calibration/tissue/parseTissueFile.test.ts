import { describe, expect, it } from 'vitest'
import { parseTissueFile } from '../../../../src/core/calibration/tissue/parseTissueFile.ts'
import template from '../../../../src/core/calibration/tissue/tissueDensities.json' with { type: 'json' }

const spread = {
  schemaVersion: 1,
  citation: 'assumed',
  sdHu: { adipose: 6, skeletalMuscle: 6, blood: 6, corticalBone: 100 },
}
const reference = {
  schemaVersion: 1,
  origin: 'user',
  mineral: 'HA',
  kvp: 120,
  scans: null,
  citation: 'ours',
  tissues: {
    adipose: { densityMgPerCm3: -80, sdMgPerCm3: 4 },
    skeletalMuscle: { densityMgPerCm3: 30, sdMgPerCm3: 4 },
  },
}

describe('a file of tissue values', () => {
  it('is told by what it holds', () => {
    const densities = { ...template, source: { ...template.source, verification: 'user', verifiedBy: 'A' } }
    expect(parseTissueFile(densities)).toMatchObject({ densities: { verifiedBy: 'A' } })
    expect(parseTissueFile(spread)).toEqual({ spread: { sdHu: spread.sdHu, citation: 'assumed' } })
    expect(parseTissueFile(reference)).toEqual({ reference })
  })

  it.each([
    ['densities that nobody read against their source', template, 'TISSUE_REFERENCE_UNVERIFIED'],
    ['a spread without its source', { ...spread, citation: '' }, 'TISSUE_FILE_INVALID'],
    ['something else', { schemaVersion: 1 }, 'TISSUE_FILE_INVALID'],
    ['no object', null, 'TISSUE_FILE_INVALID'],
  ])('is refused with %s', (_, json, code) => {
    expect(() => parseTissueFile(json)).toThrow(expect.objectContaining({ code }))
  })
})
