import { expect, it } from 'vitest'
import { printedValue } from '../../../src/core/report/printedValue.ts'

it.each([
  [112.44, 1.13, '112.4 ± 1.1'],
  [112.44, 0.53, '112.4 ± 0.5'],
  [112.44, 12.6, '112 ± 13'],
  [112.44, null, '112.4'],
  [-3.21, 1, '−3.2 ± 1.0'],
])('prints %d with doubt %s as %s', (value, uncertainty, text) => {
  expect(printedValue(value, uncertainty)).toBe(text)
})

it.each([
  [79.97, '79.97 ± 1.10'],
  [79.9996, '79.9996 ± 1.1000'],
  [120.04, '120.04 ± 1.10'],
  [120, '120.0 ± 1.1'],
  [80, '80.0 ± 1.1'],
  [81, '81.0 ± 1.1'],
])('prints %d with as many digits as keep it on its side of the cut points', (value, text) => {
  expect(printedValue(value, 1.1, [80, 120])).toBe(text)
})
