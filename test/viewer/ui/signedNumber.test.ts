import { expect, it } from 'vitest'
import { signedNumber } from '../../../src/viewer/ui/signedNumber.ts'

it.each([
  [-1.26, 1, false, '−1.3'],
  [1.26, 1, false, '1.3'],
  [1.26, 1, true, '+1.3'],
  [-0.04, 1, true, '0.0'],
  [0, 0, true, '0'],
] as const)('%d with %d decimals is read as %s %s', (value, decimals, isPlus, words) => {
  expect(signedNumber(value, decimals, isPlus)).toBe(words)
})
