import { describe, expect, it } from 'vitest'
import {
  DEFAULT_QUALITY_LIMITS,
  judgeQuality,
} from '../../../../src/core/calibration/asynchronous/judgeQuality.ts'
import type { StoredRod } from '../../../../src/core/calibration/asynchronous/storedCalibration.ts'
import { codeOf } from '../seededNormal.ts'
import { exampleCalibration } from './exampleCalibration.ts'

const stored = exampleCalibration()
const then = stored.origin?.rods ?? []
/** The stored rods with each CT number changed; 1.25 HU are 1 mg/cm³. */
const later = (shift: (rod: StoredRod) => number) =>
  then.map((rod) => ({ ...rod, meanHu: rod.meanHu + shift(rod) }))
const judge = (rods: readonly StoredRod[], limits = DEFAULT_QUALITY_LIMITS, residual: number | null = 1) =>
  judgeQuality(stored, { rods, residualSdMgPerCm3: residual }, limits)
const verdicts = (rods: readonly StoredRod[]) => judge(rods).rods.map(({ verdict }) => verdict)
const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code)

describe('a quality check', () => {
  it('passes an unchanged scanner, and does not judge the rod of 40 mg/cm³', () => {
    const judged = judge(then)
    expect(judged).toMatchObject({ passed: true, faults: [], warnings: [] })
    expect(judged.rods.map(({ thenMgPerCm3, verdict }) => [thenMgPerCm3, verdict])).toEqual([
      [40, 'not judged'],
      [100, 'within'],
      [400, 'within'],
    ])
    // 0.8 mg/cm³ per HU · √(0.4² + 0.4²) HU
    expect(judged.rods[1]?.standardErrorMgPerCm3).toBeCloseTo(0.4525, 4)
  })

  it('judges a shift of all numbers where it is more than 1 % of a rod', () => {
    expect(verdicts(later(() => 1.2))).toEqual(['not judged', 'within', 'within']) // 0.96 mg/cm³
    expect(verdicts(later(() => -1.3))).toEqual(['not judged', 'beyond', 'within']) // −1.04 mg/cm³
    expect(verdicts(later(() => 5.1))).toEqual(['not judged', 'beyond', 'beyond']) // 4.08 mg/cm³
  })

  it('judges a change of slope, says by which rods it failed, and which sign the change has', () => {
    const judged = judge(later(({ meanHu }) => 0.015 * meanHu))
    expect(judged.passed).toBe(false)
    expect(codes(judged.faults)).toEqual(['QUALITY_DEVIATION', 'QUALITY_DEVIATION'])
    expect(judged.faults[0]?.message).toContain('Rod B changed by 1.44 %') // 0.015·120·0.8 of 100
    const sunk = judge(later(({ meanHu }) => -0.015 * meanHu))
    expect(sunk.rods.every(({ deviationPercent }) => deviationPercent < 0)).toBe(true)
  })

  it("takes the site's own limit", () => {
    const rods = later(() => 1.8) // 1.44 mg/cm³
    expect(judge(rods).passed).toBe(false)
    expect(judge(rods, { ...DEFAULT_QUALITY_LIMITS, deviationPercent: 1.5, setBy: 'site' }).passed).toBe(true)
  })

  it('fails a scan whose own line does not fit its rods, and judges two rods without it', () => {
    expect(codes(judge(then, DEFAULT_QUALITY_LIMITS, 8.1).faults)).toEqual(['QUALITY_RESIDUAL_LARGE'])
    expect(judge(then, DEFAULT_QUALITY_LIMITS, null).passed).toBe(true)
  })

  it('warns of rods that are not there any more, and of noise as large as the limit', () => {
    expect(codes(judge(then.slice(0, 2)).warnings)).toEqual(['QUALITY_RODS_NOT_COMPARED'])
    const noisy = judge(then.map((rod) => ({ ...rod, standardErrorHu: 1 })))
    expect(noisy.warnings).toMatchObject([{ code: 'QUALITY_NOISY', details: { labels: ['B'] } }])
  })

  it('is refused where nothing can be compared', () => {
    expect(codeOf(() => judge(then.slice(0, 1)))).toBe('QUALITY_NOT_JUDGEABLE')
    const bare = { ...stored, origin: null }
    expect(codeOf(() => judgeQuality(bare, { rods: then, residualSdMgPerCm3: 1 }))).toBe(
      'QUALITY_NOT_JUDGEABLE',
    )
  })
})
