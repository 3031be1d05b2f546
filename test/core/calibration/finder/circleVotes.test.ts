import { describe, expect, it } from 'vitest'
import { circleVotes } from '../../../../src/core/calibration/finder/circleVotes.ts'
import { drawnImage } from './drawnImage.ts'

const search = { radii: [5.5, 6.5, 7.5, 8.5, 9.5], minGradient: 5, minScore: 0.5, most: 10 }

describe('the vote of edges for circles', () => {
  it('finds bright and dark discs, tells them apart, and finds nothing else', () => {
    const image = drawnImage(
      [
        { x: 30.3, y: 40.7, radius: 7.4, value: 200 },
        { x: 75.1, y: 52.2, radius: 6.6, value: -80 },
      ],
      { noise: 3 },
    )
    const votes = circleVotes(image, search)
    expect(votes).toHaveLength(2)
    for (const [truth, isBright] of [
      [{ x: 30.3, y: 40.7, radius: 7.4 }, true],
      [{ x: 75.1, y: 52.2, radius: 6.6 }, false],
    ] as const) {
      const vote = votes.find((one) => one.isBright === isBright)!
      expect(Math.hypot(vote.x - truth.x, vote.y - truth.y)).toBeLessThan(0.6) // half a pixel
      expect(Math.abs(vote.radius - truth.radius)).toBeLessThan(1) // one step of radii
    }
  })

  it('finds a disc of which a third is hidden', () => {
    const image = drawnImage([{ x: 60, y: 60, radius: 8, value: 150 }])
    for (let at = 0; at < image.values.length; at++) {
      if ((at % 100) * 1.2 > 64) image.values[at] = 20
    }
    const [vote] = circleVotes(image, search)
    expect(Math.hypot(vote!.x - 60, vote!.y - 60)).toBeLessThan(1.2) // a pixel: only one side tells
  })

  it('finds nothing in an even picture, in noise, in a picture of NaN, or in one of four pixels', () => {
    expect(circleVotes(drawnImage([]), search)).toEqual([])
    expect(circleVotes(drawnImage([], { noise: 4 }), search)).toEqual([])
    const blank = drawnImage([])
    blank.values.fill(Number.NaN)
    expect(circleVotes(blank, search)).toEqual([])
    expect(circleVotes(drawnImage([], { size: 2 }), search)).toEqual([])
  })
})
