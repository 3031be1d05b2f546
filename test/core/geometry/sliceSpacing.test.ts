import { describe, expect, it } from 'vitest'
import { judgeSpacing } from '../../../src/core/geometry/sliceSpacing.ts'

/** Positions from 10 mm on, the given distances apart. */
function run(...gaps: number[]) {
  const at = [10]
  for (const gap of gaps) at.push(at[at.length - 1]! + gap)
  return at
}

describe('judgeSpacing', () => {
  it('finds an even stack even when headers round to hundredths', () => {
    const verdict = judgeSpacing([0, 0.63, 1.25, 1.88, 2.5, 3.13])
    expect(verdict.kind).toBe('even')
    expect(verdict.spacing).toBeCloseTo(0.626, 6) // 3.13 mm over five gaps
  })

  it('finds two slices even, whatever their distance', () => {
    expect(judgeSpacing([0, 5])).toEqual({ kind: 'even', spacing: 5 })
  })

  it('bridges one missing thin slice and says how many and how wide', () => {
    const verdict = judgeSpacing(run(0.75, 0.75, 1.5))
    expect(verdict).toMatchObject({ kind: 'missing', count: 5, missing: 1, largest: 1.5, isBridgeable: true })
    expect(verdict.spacing).toBeCloseTo(0.75, 12)
  })

  it('does not bridge a hole of 10 mm between slices of 5 mm', () => {
    expect(judgeSpacing(run(5, 5, 10))).toMatchObject({
      kind: 'missing',
      missing: 1,
      largest: 10,
      isBridgeable: false,
    })
  })

  it('bridges up to 3 mm and not 3.1 mm', () => {
    expect(judgeSpacing(run(1, 1, 1, 3, 1))).toMatchObject({
      kind: 'missing',
      missing: 2,
      isBridgeable: true,
    })
    expect(judgeSpacing(run(1.55, 1.55, 1.55, 3.1))).toMatchObject({ kind: 'missing', isBridgeable: false })
  })

  it('finds the grid when most gaps are doubled', () => {
    expect(judgeSpacing(run(1, 2, 2, 2))).toMatchObject({ kind: 'missing', count: 8, missing: 3 })
  })

  it('resamples uneven thin slices', () => {
    const verdict = judgeSpacing(run(1, 1.4, 0.8, 1.3, 1))
    expect(verdict).toMatchObject({
      kind: 'uneven',
      low: expect.closeTo(0.8, 9),
      high: expect.closeTo(1.4, 9),
      isBridgeable: true,
    })
  })

  it('keeps first and last slice on the grid it resamples onto', () => {
    const verdict = judgeSpacing(run(1, 1.4, 0.8, 1.3, 1))
    if (verdict.kind !== 'uneven') throw new Error('not uneven')
    expect(verdict.spacing * (verdict.count - 1)).toBeCloseTo(5.5, 12)
  })

  it('resamples thick slices while no gap could hide a lost one', () => {
    expect(judgeSpacing(run(5, 5.6, 4.7, 5))).toMatchObject({ kind: 'uneven', isBridgeable: true })
  })

  it('does not resample 4 mm slices that turn into 7 mm slices', () => {
    expect(judgeSpacing(run(4, 4, 4, 1.1, 7, 7))).toMatchObject({ kind: 'uneven', isBridgeable: false })
  })

  it('lets a small drift pass only while every slice stays within a tenth of the spacing', () => {
    expect(judgeSpacing([0, 1.05, 2, 3]).kind).toBe('even')
    expect(judgeSpacing([0, 1.15, 2, 3]).kind).toBe('uneven')
  })
})
