import { describe, expect, it } from 'vitest'
import { categoryOf, densityInPrint, spineCategory } from '../../../src/core/spine/spineCategory.ts'
import { mgPerCm3 } from '../../../src/core/units.ts'

describe('spineCategory', () => {
  it.each([
    [120.0001, 'normal'],
    [120, 'osteopenia-equivalent'],
    [119.9999, 'osteopenia-equivalent'],
    [80.0001, 'osteopenia-equivalent'],
    [80, 'osteopenia-equivalent'],
    [79.9999, 'osteoporosis-equivalent'],
    [-3, 'osteoporosis-equivalent'],
  ] as const)('calls %f mg/cm³ %s', (density, category) => {
    expect(spineCategory(mgPerCm3(density), mgPerCm3(0)).category).toBe(category)
  })

  it('names the cut that the interval crosses', () => {
    expect(spineCategory(mgPerCm3(118), mgPerCm3(3)).cutsInInterval).toEqual([120])
    expect(spineCategory(mgPerCm3(82), mgPerCm3(3)).cutsInInterval).toEqual([80])
    expect(spineCategory(mgPerCm3(100), mgPerCm3(30)).cutsInInterval).toEqual([80, 120])
    expect(spineCategory(mgPerCm3(100), mgPerCm3(5)).cutsInInterval).toEqual([])
  })

  it('takes the ends of the interval as the categories do: 120 is still below the cut, 80 above it', () => {
    expect(spineCategory(mgPerCm3(118), mgPerCm3(2)).cutsInInterval).toEqual([])
    expect(spineCategory(mgPerCm3(82), mgPerCm3(2)).cutsInInterval).toEqual([])
  })
})

describe('densityInPrint', () => {
  it.each([
    [112.34, '112.3'],
    [120.04, '120.04'],
    [79.96, '79.96'],
    [79.996, '79.996'],
    [119.96, '120.0'],
    [80.04, '80.0'],
  ])('prints %f as %s', (density, text) => {
    expect(densityInPrint(mgPerCm3(density))).toBe(text)
  })

  it('never prints a number of another category than the value', () => {
    for (const digits of [0, 1, 2]) {
      for (let step = -200; step <= 200; step++) {
        for (const cut of [80, 120]) {
          const value = cut + step * 0.00731
          expect(categoryOf(Number(densityInPrint(mgPerCm3(value), digits)))).toBe(categoryOf(value))
        }
      }
    }
  })
})
