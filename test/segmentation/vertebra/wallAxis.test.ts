import { describe, expect, it } from 'vitest'
import { lpsVector } from '../../../src/core/geometry/lps.ts'
import { createSampler } from '../../../src/core/volume/sampling.ts'
import { bodyFrame, componentsIn } from '../../../src/segmentation/vertebra/bodyFrame.ts'
import { findBodySection } from '../../../src/segmentation/vertebra/bodySection.ts'
import { wallAxis } from '../../../src/segmentation/vertebra/wallAxis.ts'
import { PLAIN_SPINE, renderSyntheticSpine, SYNTHETIC_CENTER, syntheticFrame } from './syntheticSpine.ts'

describe('the axis of the walls', () => {
  it.each([
    { sagittal: 0, coronal: 0, slice: 1.5 },
    { sagittal: 6, coronal: -4, slice: 1.5 },
    { sagittal: -5, coronal: 5, slice: 5 },
  ])(
    'is the lean of the body: $sagittal° to the front, $coronal° to the side, in $slice mm slices',
    (lean) => {
      const spine = { ...PLAIN_SPINE, ...lean }
      const sampler = createSampler(renderSyntheticSpine(spine))
      const upright = bodyFrame(SYNTHETIC_CENTER, lpsVector(0, 0, 1), lpsVector(0, -1, 0))
      const section = findBodySection(sampler, upright, [0, -26], spine.height)
      const axis = wallAxis(sampler, section)
      const [u, v, s] = componentsIn(section.frame, syntheticFrame(spine).cranial)
      // 1.2°: a fifth of a pixel over the 10 mm between the compared parts of the wall.
      expect(Math.abs((axis?.slopeU ?? Number.NaN) - u / s)).toBeLessThan(0.021)
      expect(Math.abs((axis?.slopeV ?? Number.NaN) - v / s)).toBeLessThan(0.021)
    },
  )

  it('is not given where the scan holds too little of the wall', () => {
    const sampler = createSampler(renderSyntheticSpine(PLAIN_SPINE))
    const upright = bodyFrame(SYNTHETIC_CENTER, lpsVector(0, 0, 1), lpsVector(0, -1, 0))
    const section = findBodySection(sampler, upright, [0, -26], PLAIN_SPINE.height)
    const nothing = { ...sampler, atLps: () => Number.NaN }
    expect(wallAxis(nothing, section)).toBeNull()
  })
})
