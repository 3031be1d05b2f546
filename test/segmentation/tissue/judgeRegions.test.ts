import { describe, expect, it } from 'vitest'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { hu, mm } from '../../../src/core/units.ts'
import { judgeRegions, type MeasuredIdea } from '../../../src/segmentation/tissue/judgeRegions.ts'
import type { RegionIdea, TissueRegionQuality } from '../../../src/segmentation/tissue/tissueRegion.ts'
import { uprightCylinder } from '../../../src/segmentation/tissue/uprightCylinder.ts'

const region = (
  tissue: RegionIdea['tissue'],
  site: RegionIdea['site'],
  changes: Partial<TissueRegionQuality> = {},
): MeasuredIdea => ({
  idea: { tissue, site, roi: uprightCylinder(lpsPoint(0, 0, 0), 5, 20), clearance: mm(3) },
  quality: {
    n: 400,
    meanHu: hu(50),
    standardErrorHu: hu(1),
    sdHu: hu(12),
    noiseSdHu: hu(12),
    strayShare: 0.003,
    clearance: mm(3),
    lowestShare: 0,
    ...changes,
  },
})

const codes = (...measured: MeasuredIdea[]) =>
  judgeRegions(measured).map(({ warnings }) => warnings.map(({ code }) => code))

describe('judgeRegions', () => {
  const left = region('skeletalMuscle', 'left erector spinae')
  const aorta = region('blood', 'abdominal aorta')

  it('doubts nothing in regions that are alike and as quiet as the scan', () => {
    const air = region('air', 'air outside the skin', { meanHu: hu(-998), sdHu: hu(5), noiseSdHu: hu(5) })
    expect(codes(left, aorta, air)).toEqual([[], [], []])
  })

  it('doubts few voxels, stray voxels and noise far above that of the quietest deep tissue', () => {
    expect(codes(left, region('blood', 'abdominal aorta', { n: 59 }))[1]).toEqual(['TISSUE_REGION_SMALL'])
    expect(codes(left, region('blood', 'abdominal aorta', { strayShare: 0.04 }))[1]).toEqual([
      'TISSUE_REGION_STRAY',
    ])
    // The limit is 18 HU: half above 12.
    expect(codes(left, region('blood', 'abdominal aorta', { sdHu: hu(17.9) }))[1]).toEqual([])
    expect(codes(left, region('blood', 'abdominal aorta', { sdHu: hu(18.1) }))[1]).toEqual([
      'TISSUE_REGION_UNEVEN',
    ])
  })

  it('doubts two regions of one tissue that read unlike beyond chance', () => {
    const right = (meanHu: number, error: number) =>
      region('skeletalMuscle', 'right erector spinae', { meanHu: hu(meanHu), standardErrorHu: hu(error) })
    expect(codes(left, right(61, 1), aorta)).toEqual([
      ['TISSUE_REGIONS_DIFFER'],
      ['TISSUE_REGIONS_DIFFER'],
      [],
    ])
    expect(codes(left, right(59, 1))).toEqual([[], []])
    expect(codes(left, right(61, 5))).toEqual([[], []])
  })

  it('says when air is cut off by the end of the scale', () => {
    const air = region('air', 'air outside the skin', { meanHu: hu(-1002), lowestShare: 0.2 })
    expect(codes(left, air)[1]).toEqual(['TISSUE_AIR_CLIPPED'])
  })
})
