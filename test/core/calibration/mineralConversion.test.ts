import { describe, expect, it } from 'vitest'
import { convertMineral, parseMineralConversion } from '../../../src/core/calibration/mineralConversion.ts'
import { kvp, mgPerCm3 } from '../../../src/core/units.ts'

const json = {
  schemaVersion: 1,
  fromPhantom: 'qrm-bdc-6',
  toPhantom: 'mindways-model-3',
  kvp: 120,
  slope: 0.83,
  interceptMgPerCm3: -1.5,
  source: 'ten patients scanned with both, 2023',
}
const measured = { density: mgPerCm3(100), phantom: 'qrm-bdc-6', kvp: kvp(120) }

describe('a conversion of the user between two phantoms', () => {
  it('converts, and says by what', () => {
    const { density, warnings } = convertMineral(parseMineralConversion(json), measured)
    expect(density).toBeCloseTo(81.5, 12)
    expect(warnings).toMatchObject([{ code: 'MINERAL_CONVERTED' }])
    for (const fact of ['0.83', '-1.5', 'qrm-bdc-6', 'mindways-model-3', '120', 'ten patients'])
      expect(warnings[0]?.message).toContain(fact)
  })

  it.each([
    ['phantom', { phantom: 'qrm-bdc-3' }],
    ['phantom', { phantom: 'mindways-model-3' }],
    ['kvp', { kvp: kvp(140) }],
  ])('does not hold for another %s', (fact, change) => {
    expect(() => convertMineral(parseMineralConversion(json), { ...measured, ...change })).toThrow(
      expect.objectContaining({
        code: 'MINERAL_CONVERSION_OTHER',
        details: expect.objectContaining({ fact }),
      }),
    )
  })

  it.each([
    { kvp: undefined },
    { source: '' },
    { slope: 0 },
    { toPhantom: 'qrm-bdc-6' },
    { schemaVersion: 2 },
    { alsoFor: '140' },
  ])('is refused with %j', (change) => {
    expect(() => parseMineralConversion({ ...json, ...change })).toThrow(
      expect.objectContaining({ code: 'MINERAL_CONVERSION_INVALID' }),
    )
  })
})
