import { describe, expect, it } from 'vitest'
import { inferAnatomicArea } from '../../../src/core/dose/anatomicArea.ts'

const regions = (protocol: string) => inferAnatomicArea({ protocol })?.regions.join('/')

describe('inferAnatomicArea', () => {
  it('names the areas of protocols from real sheets', () => {
    const expected: Record<string, string | undefined> = {
      TAP: 'chest/abdomen/pelvis',
      'ABD/PEL W/C': 'abdomen/pelvis',
      I_Embolism: 'chest',
      'Abdomen Routine ZC (NR)': 'abdomen',
      'Thorax^TAP (Adult)': 'chest/abdomen/pelvis',
      'Spine QCT soft': 'spine',
      LSPINE: 'spine',
      'Head^Routine': 'head',
      PreMonitoring: undefined,
      '4DCT /PHYSICS': undefined,
      'Localizer AP': undefined,
    }
    for (const [protocol, area] of Object.entries(expected)) expect(regions(protocol), protocol).toBe(area)
  })

  it('goes by whole words: a landscape is no cape', () => {
    for (const word of ['capsule', 'headphones', 'lungfish', 'handover', 'neckline'])
      expect(regions(word), word).toBeUndefined()
  })

  it('believes the protocol before descriptions, and those before the target region', () => {
    const targetRegion = { value: 'T-D4000', scheme: 'SRT', meaning: 'Head' }
    const studyDescription = 'Thorax^TAP (Adult)'
    expect(inferAnatomicArea({ protocol: 'Neck', studyDescription, targetRegion })).toEqual({
      regions: ['neck'],
      source: 'protocol',
    })
    expect(inferAnatomicArea({ protocol: 'Monitoring', studyDescription, targetRegion })?.source).toBe(
      'studyDescription',
    )
    expect(inferAnatomicArea({ protocol: 'Monitoring', targetRegion })).toEqual({
      regions: ['abdomen'],
      source: 'targetRegion',
    })
  })

  it('reads a target region by its code in its scheme, and knows no area of an entire body', () => {
    const area = (value: string, scheme: string) =>
      inferAnatomicArea({ targetRegion: { value, scheme, meaning: 'Chest' } })?.regions
    expect(area('113345001', 'SCT')).toEqual(['abdomen'])
    expect(area('818981001', 'SCT')).toEqual(['abdomen'])
    expect(area('T-D0010', 'SRT')).toBeUndefined()
    expect(area('T-D4000', '99VENDOR')).toBeUndefined()
    expect(area('constructor', 'SCT')).toBeUndefined()
  })
})
