import { describe, expect, it } from 'vitest'
import type { Tissue, TissueSample } from '../../../../src/core/calibration/tissue/tissues.ts'
import { usableTissues } from '../../../../src/core/calibration/tissue/usableTissues.ts'
import { hu } from '../../../../src/core/units.ts'
import { codeOf } from '../seededNormal.ts'

const sample = (tissue: Tissue, meanHu: number, standardErrorHu = 0.5): TissueSample => ({
  tissue,
  meanHu: hu(meanHu),
  standardErrorHu: hu(standardErrorHu),
})
const sound = [
  sample('air', -1000),
  sample('adipose', -100),
  sample('skeletalMuscle', 50),
  sample('blood', 40),
  sample('corticalBone', 1200),
]

describe('which tissues may take part', () => {
  it('takes all that are believable, muscle and blood in either order', () => {
    expect(usableTissues(sound)).toEqual({ samples: sound, warnings: [] })
  })

  it('leaves out what is not believable and says which', () => {
    const { samples, warnings } = usableTissues(
      sound.map((s) => (s.tissue === 'air' ? sample('air', -940) : s)),
    )
    expect(samples.map((s) => s.tissue)).not.toContain('air')
    expect(warnings).toMatchObject([
      { code: 'TISSUE_IMPLAUSIBLE', details: { tissue: 'air', found: -940, low: -1030, high: -980 } },
    ])
  })

  it('suspects contrast agent in bright blood, and only in blood', () => {
    const { samples, warnings } = usableTissues(
      sound.map((s) => (s.tissue === 'blood' ? sample('blood', 140) : s)),
    )
    expect(samples.map((s) => s.tissue)).not.toContain('blood')
    expect(warnings.map((w) => w.code)).toEqual(['TISSUE_CONTRAST_SUSPECTED'])
    const bright = usableTissues(
      sound.map((s) => (s.tissue === 'skeletalMuscle' ? sample('skeletalMuscle', 80) : s)),
    )
    expect(bright.warnings.map((w) => w.code)).toEqual(['TISSUE_IMPLAUSIBLE'])
  })

  it('refuses swapped regions and broken input', () => {
    const swapped = [sample('adipose', 50), sample('skeletalMuscle', -100)]
    expect(codeOf(() => usableTissues(swapped))).toBe('TISSUES_NOT_MONOTONIC')
    expect(codeOf(() => usableTissues([...sound, sample('air', -1000)]))).toBe('TISSUE_SAMPLE_INVALID')
    expect(codeOf(() => usableTissues([sample('air', Number.NaN)]))).toBe('TISSUE_SAMPLE_INVALID')
    expect(codeOf(() => usableTissues([sample('air', -1000, -1)]))).toBe('TISSUE_SAMPLE_INVALID')
  })
})
