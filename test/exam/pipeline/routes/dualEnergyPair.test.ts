import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { hu } from '../../../../src/core/units.ts'
import type { CtVolume } from '../../../../src/core/volume/ctVolume.ts'
import { dualEnergyPair, type SeriesVolume } from '../../../../src/exam/pipeline/routes/dualEnergyPair.ts'
import { digitalSeries } from './routeExam.ts'

const volume: CtVolume = {
  quantity: 'HU',
  voxels: new Int16Array(8),
  rescale: { slope: 1, intercept: hu(-1024) },
  geometry: {
    size: [2, 2, 2],
    origin: lpsPoint(0, 0, 0),
    spacing: [1, 1, 2],
    axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  },
}
const at = (
  kvp: number,
  geometry: Partial<CtVolume['geometry']> = {},
  facts: Parameters<typeof digitalSeries>[3] = {},
): SeriesVolume => {
  const own = { ...volume, geometry: { ...volume.geometry, ...geometry } }
  return { series: digitalSeries(own, kvp, String(kvp), facts), volume: own }
}

describe('a pair of series', () => {
  it('is ordered from low to high energy', () => {
    const [low, high] = [at(80), at(140)]
    const pair = { low, high, unit: 'kVp', lowEnergy: 80, highEnergy: 140 }
    expect(dualEnergyPair(low, high)).toEqual(pair)
    expect(dualEnergyPair(high, low)).toEqual(pair)
  })

  it('may be two monoenergetic series of one acquisition', () => {
    const pair = dualEnergyPair(at(120, {}, { monoenergeticKev: 100 }), at(120, {}, { monoenergeticKev: 50 }))
    expect(pair).toMatchObject({ unit: 'keV', lowEnergy: 50, highEnergy: 100 })
  })

  it('may differ by what headers round away', () => {
    expect(dualEnergyPair(at(80), at(140, { origin: lpsPoint(0.005, 0, 0) })).unit).toBe('kVp')
  })

  it.each<[string, SeriesVolume, RegExp]>([
    ['another number of voxels', at(140, { size: [2, 2, 3] }), /numbers of voxels/],
    ['voxels of another size', at(140, { spacing: [1.1, 1, 2] }), /different sizes/],
    ['another beginning', at(140, { origin: lpsPoint(0, 0, 0.5) }), /different places/],
    ['other axes', at(140, { axes: [lpsVector(0, 1, 0), lpsVector(1, 0, 0), lpsVector(0, 0, 1)] }), /turned/],
    ['one energy', at(80), /both were made at 80 kVp/],
    ['one monoenergetic', at(140, {}, { monoenergeticKev: 70 }), /monoenergetic/],
  ])('is refused with %s', (_name, second, problem) => {
    expect(() => dualEnergyPair(at(80), second)).toThrow(
      expect.objectContaining({
        code: 'DUAL_ENERGY_SERIES_DIFFER',
        message: expect.stringMatching(problem),
      }),
    )
  })

  it('is refused in two frames of reference', () => {
    const { series } = at(140)
    const second = { series: { ...series, frameOfReferenceUid: '1.8' }, volume }
    expect(() => dualEnergyPair(at(80), second)).toThrow(/frames of reference/)
  })
})
