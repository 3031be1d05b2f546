import { describe, expect, it } from 'vitest'
import { fitCircle } from '../../../../src/core/calibration/finder/circleFit.ts'
import { mirroredInHolder } from '../../../../src/core/calibration/finder/holderMirror.ts'
import { drawnImage } from './drawnImage.ts'

/** A holder of 90 × 26 mm round (60, 60), turned by 10°, in air, with one clear rod 20 mm from its middle. */
function holderImage(ground = 20) {
  const [c, s] = [Math.cos(Math.PI / 18), Math.sin(Math.PI / 18)]
  const rod = { x: 60 + 20 * c, y: 60 + 20 * s, radius: 7, value: 280 }
  const image = drawnImage([rod], { ground })
  for (let at = 0; at < image.values.length; at++) {
    const [dx, dy] = [(at % 100) * 1.2 - 60, Math.floor(at / 100) * 1.2 - 60]
    if (Math.abs(dx * c + dy * s) > 45 || Math.abs(dy * c - dx * s) > 13) image.values[at] = -1000
  }
  return {
    image,
    circle: fitCircle(image, { ...rod, isBright: true })!,
    twin: [60 - 20 * c, 60 - 20 * s] as const,
  }
}

describe('the twin of a rod in its holder', () => {
  it('lies as far on the other side of the holder’s middle', () => {
    const { image, circle, twin } = holderImage()
    const place = mirroredInHolder(image, circle)!
    expect(Math.hypot(place.x - twin[0], place.y - twin[1])).toBeLessThan(1.2) // a pixel at either end of the holder
  })

  it('is not guessed where the holder cannot be told from what touches it', () => {
    const { image, circle } = holderImage()
    for (let at = 0; at < image.values.length; at++) {
      if (Math.floor(at / 100) < 50 && image.values[at] === -1000) image.values[at] = 30
    }
    expect(mirroredInHolder(image, circle)).toBeNull()
  })
})
