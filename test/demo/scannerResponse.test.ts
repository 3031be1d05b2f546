import { describe, expect, it } from 'vitest'
import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { PHANTOM_IDS, PHANTOM_MODELS } from '../../src/demo/phantomModels.ts'
import { scannerResponse } from '../../src/demo/scannerResponse.ts'

const on = (scanner: Partial<ExamParameters['scanner']>): ExamParameters => ({
  ...defaultExamParameters,
  scanner: { ...defaultExamParameters.scanner, ...scanner },
})

/** Slope and intercept of the least-squares line through points. */
function line(points: readonly (readonly [number, number])[]) {
  const n = points.length
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / n) as [
    number,
    number,
  ]
  const sxy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return { slope: sxy / sxx, intercept: my - (sxy / sxx) * mx }
}

describe('scannerResponse', () => {
  it.each(PHANTOM_IDS)('is undone by the published equation of %s', (id) => {
    const model = PHANTOM_MODELS[id]
    for (const kvp of [80, 100, 120, 140] as const) {
      const response = scannerResponse(on({ kvp, mineralSlopeDriftPercent: 6, offsetHu: -9 }), model.mineral)
      let [slope, intercept] = [0, 0]
      if (model.mineral === 'K2HPO4') {
        // regress (HU − water) on density, then σ − 0.2174 and β + 999.6, as the makers' equations say
        const fit = line(
          model.rods.map((rod) => [rod.densityMgPerCm3, response.rodHu(rod) - rod.waterMgPerCm3!] as const),
        )
        slope = 1 / (fit.slope - 0.2174)
        intercept = -(fit.intercept + 999.6) * slope
      } else {
        const fit = line(model.rods.map((rod) => [response.rodHu(rod), rod.densityMgPerCm3] as const))
        slope = fit.slope
        intercept = fit.intercept
      }
      expect(response.slopeMgPerCm3PerHu).toBeCloseTo(slope, 9)
      expect(response.interceptMgPerCm3).toBeCloseTo(intercept, 6)
      expect(slope * response.boneHu(123.4) + intercept).toBeCloseTo(123.4, 6)
    }
  })

  it('needs more HU for the same mineral at lower voltage', () => {
    const slopes = ([80, 100, 120, 140] as const).map(
      (kvp) => scannerResponse(on({ kvp }), 'K2HPO4').slopeMgPerCm3PerHu,
    )
    expect([...slopes].sort((a, b) => a - b)).toEqual(slopes)
  })

  it('moves water and air with the offset alone', () => {
    const response = scannerResponse(on({ offsetHu: 7, mineralSlopeDriftPercent: 10 }), 'HA')
    expect(response.tissueHu(0)).toBe(7)
    expect(response.tissueHu(-1000)).toBe(-993)
    expect(response.boneHu(0)).toBe(7)
  })
})
