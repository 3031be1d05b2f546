import { describe, expect, it } from 'vitest'
import { fitCircle } from '../../../../src/core/calibration/finder/circleFit.ts'
import { faintDiscs } from '../../../../src/core/calibration/finder/faintDiscs.ts'
import { drawnImage } from './drawnImage.ts'

const clear = { x: 40, y: 60, radius: 7, value: 280 }
const clearIn = (image: ReturnType<typeof drawnImage>) => fitCircle(image, { ...clear, isBright: true })!

describe('faint discs beside a clear one', () => {
  it('are found at a contrast of 4 HU', () => {
    const image = drawnImage([clear, { x: 72, y: 66, radius: 7, value: 16 }], { noise: 1.5 })
    const [best] = faintDiscs(image, [clearIn(image)])
    expect(Math.hypot(best!.x - 72, best!.y - 66)).toBeLessThan(1.8) // 1.5 pixels: an edge of 4 HU in noise
    expect(best!.inside - best!.around).toBeCloseTo(-4, 0)
  })

  it.each([
    ['a guess where a dim contrast stands alone', 16, false],
    ['certain where the contrast is clear', 5, true],
  ])('are %s', (_, value, isCertain) => {
    // The drawn holder fills the picture: it has no edges, so no symmetry can agree with the contrast.
    const image = drawnImage([clear, { x: 72, y: 66, radius: 7, value }], { noise: 1.5 })
    expect(faintDiscs(image, [clearIn(image)])[0]?.isCertain).toBe(isCertain)
  })

  it('are not found in an even holder', () => {
    const image = drawnImage([clear])
    expect(faintDiscs(image, [clearIn(image)])).toEqual([])
  })

  it('are not looked for beside something that is hardly there itself', () => {
    const image = drawnImage([
      { ...clear, value: 50 },
      { x: 72, y: 66, radius: 7, value: 16 },
    ])
    expect(faintDiscs(image, [clearIn(image)])).toEqual([])
  })
})
