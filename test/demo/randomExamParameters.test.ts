import { describe, expect, it } from 'vitest'
import { VERTEBRAL_LEVELS } from '../../src/core/units.ts'
import { ExamParameters, randomExamParameters } from '../../src/demo/examParameters.ts'
import { examScene } from '../../src/demo/examScene.ts'
import { PHANTOM_IDS } from '../../src/demo/phantomModels.ts'
import { rodAt } from '../../src/demo/phantomPlacement.ts'

const measured: ReadonlySet<string> = new Set(VERTEBRAL_LEVELS)
const drawn = Array.from({ length: 120 }, (_, index) => randomExamParameters(2026, index))

describe('randomExamParameters', () => {
  it('gives valid parameters, the same for the same seed and index', () => {
    for (const parameters of drawn) expect(ExamParameters.safeParse(parameters).error).toBeUndefined()
    expect(randomExamParameters(2026, 7)).toEqual(drawn[7])
    expect(randomExamParameters(2027, 7)).not.toEqual(drawn[7])
  })

  it('puts sections that are given in the place of drawn ones', () => {
    expect(randomExamParameters(2026, 7, { phantom: null })).toEqual({ ...drawn[7], phantom: null })
  })

  it('covers every phantom, both ends, thin and thick slices, low and high density and noise', () => {
    const all = <T>(pick: (parameters: ExamParameters) => T) => drawn.map(pick)
    expect(new Set(all(({ phantom }) => phantom?.id))).toEqual(new Set(PHANTOM_IDS))
    expect(new Set(all(({ phantom }) => phantom?.turnedEndForEnd)).size).toBe(2)
    expect(new Set(all(({ scanner }) => scanner.kvp)).size).toBe(4)
    const span = (pick: (parameters: ExamParameters) => number) => [
      Math.min(...all(pick)),
      Math.max(...all(pick)),
    ]
    // 120 draws leave no twentieth of a uniform range empty at either end but once in 500 runs; these are fixed draws
    expect(span(({ acquisition }) => acquisition.sliceThicknessMm)).toEqual([0.6, 5])
    const [low, high] = span(({ image }) => image.noiseSdHu)
    expect(low).toBeGreaterThanOrEqual(10)
    expect(low).toBeLessThan(11)
    expect(high).toBeLessThanOrEqual(30)
    expect(high).toBeGreaterThan(29)
    const [thin, dense] = span(({ spine }) => spine.levels[2]!.coreDensityMgPerCm3)
    expect(thin).toBeLessThan(48)
    expect(dense).toBeGreaterThan(185)
    const islands = all(({ spine }) => spine.levels.filter(({ boneIsland }) => boneIsland !== null).length)
    const share = islands.reduce((sum, count) => sum + count, 0) / (6 * drawn.length)
    // one in ten of 720 bodies, ± 4 standard errors
    expect(Math.abs(share - 0.1)).toBeLessThan(0.045)
  })

  it('keeps phantom and measured vertebrae in the field, and every tilt within 20°', () => {
    for (const parameters of drawn.slice(0, 40)) {
      const scene = examScene(parameters)
      const { acquisition: a } = parameters
      const half = (511 / 2) * a.pixelSpacingMm
      const reach = (a.sliceCount / 2) * a.sliceSpacingMm
      for (const rod of scene.phantom!.rods)
        for (const z of [a.scanCenterZMm - reach, a.scanCenterZMm + reach]) {
          const [x, y] = rodAt(rod, z)
          expect(Math.abs(x - a.fieldCenterXMm) + rod.radius).toBeLessThan(half)
          expect(Math.abs(y - a.fieldCenterYMm) + rod.radius).toBeLessThan(half)
        }
      for (const { name, cranial, center } of scene.column) {
        if (!measured.has(name)) continue
        // rounding of the drawn angles
        expect((Math.acos(cranial[2]) * 180) / Math.PI).toBeLessThan(20.1)
        if (name === 'L1' || name === 'L2' || name === 'L3')
          expect(Math.abs(center[2] - a.scanCenterZMm)).toBeLessThan(reach - 18)
      }
    }
  })
})
