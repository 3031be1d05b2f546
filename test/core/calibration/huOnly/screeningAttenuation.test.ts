import { describe, expect, it } from 'vitest'
import {
  type ScreeningRegion,
  type ScreeningScan,
  screeningAttenuation,
} from '../../../../src/core/calibration/huOnly/screeningAttenuation.ts'
import { SCREENING_CUTS } from '../../../../src/core/calibration/huOnly/screeningCuts.ts'
import { QctError } from '../../../../src/core/errors.ts'
import { hu } from '../../../../src/core/units.ts'
import { seededNormal } from '../seededNormal.ts'

const scan: ScreeningScan = { kvp: [120, 120, 120], image: 'conventional', contrastAgent: null }
const l1 = (meanHu: number, standardErrorHu = 0.5): ScreeningRegion => ({
  level: 'L1',
  meanHu: hu(meanHu),
  standardErrorHu: hu(standardErrorHu),
})
const met = (meanHu: number) =>
  screeningAttenuation(l1(meanHu), scan)
    .comparisons.filter((comparison) => comparison.met)
    .map(({ cut }) => cut.hu)

describe('where screening attenuation is stated', () => {
  it.each([
    [{ kvp: [80] }, 'tube voltage', '80'],
    [{ kvp: [100] }, 'tube voltage', '100'],
    [{ kvp: [140] }, 'tube voltage', '140'],
    [{ kvp: [null] }, 'tube voltage', 'not stated'],
    [{ kvp: [] }, 'tube voltage', 'not stated'],
    [{ kvp: [120, 100, 120] }, 'one tube voltage throughout', '120, 100'],
    [{ kvp: [120, null] }, 'one tube voltage throughout', '120, not stated'],
    [{ image: 'monoenergetic' }, 'kind of image', 'monoenergetic'],
    [{ image: 'dual-energy blend' }, 'kind of image', 'dual-energy blend'],
    [{ image: null }, 'kind of image', 'not known'],
  ] satisfies [Partial<ScreeningScan>, string, string][])('refuses %o', (change, condition, found) => {
    const run = () => screeningAttenuation(l1(150), { ...scan, ...change })
    expect(run).toThrow(QctError)
    try {
      run()
    } catch (error) {
      expect(error).toMatchObject({ code: 'HU_ONLY_REFUSED', details: { condition, found } })
    }
  })

  it('refuses another level, and what is no number', () => {
    expect(() => screeningAttenuation({ ...l1(150), level: 'L2' }, scan)).toThrow(/level is L2/)
    expect(() => screeningAttenuation(l1(Number.NaN), scan)).toThrow(/no number/)
    expect(() => screeningAttenuation(l1(150, -1), scan)).toThrow(/no number/)
  })
})

describe('the cut points', () => {
  it('are met on the side their sources state, the cut itself included where they include it', () => {
    expect(met(104)).toEqual([104, 110, 135, 160, 169])
    expect(met(135)).toEqual([160, 169])
    expect(met(134.9)).toEqual([135, 160, 169])
    expect(met(160)).toEqual([160, 169])
    expect(met(200)).toEqual([])
    expect(met(200.1)).toEqual([200])
  })

  it('each name their source, and nothing is called a density, a score or a category', () => {
    for (const { citation } of SCREENING_CUTS) expect(citation.length).toBeGreaterThan(10)
    const result = screeningAttenuation(l1(150), scan)
    expect(Object.keys(result).sort()).toEqual(['attenuation', 'comparisons', 'standardError', 'warnings'])
  })

  it('are uncertain where the 95 % interval crosses them', () => {
    const { comparisons, warnings } = screeningAttenuation(l1(158, 2), scan)
    expect(comparisons.filter((c) => !c.certain).map((c) => c.cut.hu)).toEqual([160])
    expect(warnings).toMatchObject([{ code: 'HU_ONLY_CUT_UNCERTAIN', details: { cuts: [160] } }])
    expect(screeningAttenuation(l1(156, 2), scan).warnings).toEqual([]) // 156 + 3.92 < 160
  })

  it('flag a value at the cut as certain in no more than 5 % of repeats', () => {
    const normal = seededNormal(7)
    let certain = 0
    for (let repeat = 0; repeat < 4000; repeat++) {
      const { comparisons } = screeningAttenuation(l1(135 + 2 * normal(), 2), scan)
      if (comparisons.find((c) => c.cut.hu === 135)!.certain) certain++
    }
    expect(certain / 4000).toBeGreaterThan(0.04) // 5 % ± 3 sampling SD of 0.34 %
    expect(certain / 4000).toBeLessThan(0.06)
  })

  it('say that a named contrast agent may have raised the value', () => {
    const { warnings } = screeningAttenuation(l1(150), { ...scan, contrastAgent: 'iohexol' })
    expect(warnings.map((warning) => warning.code)).toEqual(['HU_ONLY_CONTRAST'])
  })
})
