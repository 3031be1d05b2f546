import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/demo/seededRandom.ts'
import {
  addPoints,
  normalSystem,
  solveSymmetric,
} from '../../../src/segmentation/vertebra/normalEquations.ts'

describe('addPoints', () => {
  it.each([
    [1, 1, 5],
    [2, 2, 64],
    [5, 3, 65],
    [7, 5, 200],
    [18, 18, 300],
  ])(
    'gives, for %i parameters of which %i are touched by %i points, the sums of one after another',
    (n, width, count) => {
      const { between } = seededRandom(`${n} ${width} ${count}`)
      const draw = (length: number) => Float64Array.from({ length }, () => between(-0.5, 0.5))
      const gradients = draw(count * width)
      const [share, off, sd] = [draw(count), draw(count), draw(count)]
      const from = n - width
      const system = normalSystem(n)
      addPoints(system, {
        first: 0,
        end: count,
        from,
        to: n,
        table: { values: new Float64Array(count), gradients, stride: width },
        share,
        off,
        sd,
      })
      for (let row = 0; row < n; row++) {
        let right = 0
        for (let point = 0; row >= from && point < count; point++)
          right += share[point]! * gradients[point * width + row - from]! * off[point]! * sd[point]!
        // To the last bit: a fit must not depend on how its sums are laid out.
        expect(system.right[row]).toBe(right)
        for (let column = 0; column <= row; column++) {
          let sum = 0
          for (let point = 0; column >= from && point < count; point++)
            sum +=
              share[point]! *
              gradients[point * width + row - from]! *
              gradients[point * width + column - from]!
          expect(system.normal[row * n + column]).toBe(sum)
        }
      }
    },
  )
})

describe('solveSymmetric', () => {
  it('solves a positive definite system', () => {
    const a = Float64Array.of(4, 2, 2, 3)
    const b = Float64Array.of(10, 8)
    expect(solveSymmetric(a, b, 2)).toBe(true)
    // 4x + 2y = 10, 2x + 3y = 8
    expect(b[0]).toBeCloseTo(1.75, 12)
    expect(b[1]).toBeCloseTo(1.5, 12)
  })

  it('says that a singular system has no answer', () => {
    expect(solveSymmetric(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 2)).toBe(false)
  })
})
