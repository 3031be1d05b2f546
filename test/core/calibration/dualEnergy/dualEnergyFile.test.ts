import { describe, expect, it } from 'vitest'
import {
  basisOfFile,
  type DualEnergyFile,
  parseDualEnergyFile,
} from '../../../../src/core/calibration/dualEnergy/dualEnergyFile.ts'

const response = (calcium: number) => ({
  calciumHuPerMgPerCm3: calcium,
  softHuPerUnit: 1,
  offsetHu: 0,
  covariance: [0, 0, 0],
})
const rod = (density: number) => ({
  densityMgPerCm3: density,
  lowHu: 2 * density + 5,
  highHu: 1.2 * density + 3,
  lowStandardErrorHu: 0.5,
  highStandardErrorHu: 0.5,
})
const pair = { unit: 'kVp', low: 80, high: 140 }
const stated = {
  schemaVersion: 1,
  citation: 'the site',
  pair,
  basis: { low: response(2), high: response(1.2) },
}

describe('the file of a dual-energy basis', () => {
  it('states the basis itself', () => {
    const { basis } = basisOfFile(parseDualEnergyFile(stated))
    expect(basis).toMatchObject({
      origin: 'user',
      low: { calcium: 2 },
      high: { calcium: 1.2 },
      citation: 'the site',
    })
  })

  it('or the rods from which it follows', () => {
    const rods = { ...stated, basis: null, rods: [rod(0), rod(100), rod(200)] }
    const { basis, warnings } = basisOfFile(parseDualEnergyFile(rods))
    // A line through points that lie on it, to rounding.
    expect(basis.low.calcium).toBeCloseTo(2, 9)
    expect(basis.low.offset).toBeCloseTo(5, 9)
    expect(basis.high.calcium).toBeCloseTo(1.2, 9)
    expect(warnings).toEqual([])
  })

  it('refuses a basis whose series answer alike', () => {
    const alike = { ...stated, basis: { low: response(2), high: response(2) } }
    expect(() => basisOfFile(parseDualEnergyFile(alike))).toThrow(
      expect.objectContaining({ code: 'DUAL_ENERGY_BASIS_ALIKE' }),
    )
  })

  it.each([
    [{ ...stated, basis: null }, 'basis'],
    [{ ...stated, rods: [rod(0), rod(100)] }, 'basis'],
    [{ ...stated, pair: { ...pair, low: 140 } }, 'pair.high'],
    [{ ...stated, citation: ' ' }, 'citation'],
    [{ ...stated, basis: null, rods: [rod(0)] }, 'rods'],
    [{ ...stated, kvp: 80 }, 'top level'],
  ])('is refused with its place: %#', (json, path) => {
    expect(() => parseDualEnergyFile(json)).toThrow(
      expect.objectContaining({
        code: 'DUAL_ENERGY_FILE_INVALID',
        details: expect.objectContaining({ path }),
      }),
    )
  })

  it('is what the record keeps of it', () => {
    const file: DualEnergyFile = parseDualEnergyFile(stated)
    expect(parseDualEnergyFile(JSON.parse(JSON.stringify(file)))).toEqual(file)
  })
})
