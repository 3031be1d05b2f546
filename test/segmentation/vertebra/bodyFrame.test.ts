import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween } from '../../../src/core/geometry/vector.ts'
import { bodyFrame } from '../../../src/segmentation/vertebra/bodyFrame.ts'

it('has its left on the left of the patient: x in LPS, for a spine along z that faces the front', () => {
  const frame = bodyFrame(lpsPoint(0, 0, 0), lpsVector(0, 0, 1), lpsVector(0, -1, 0))
  expect(angleBetween(frame.left, lpsVector(1, 0, 0))).toBeLessThan(1e-9) // rounding of unit vectors, in degrees
})
