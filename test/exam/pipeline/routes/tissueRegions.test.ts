import { expect, it } from 'vitest'
import { analyzeExam } from '../../../../src/exam/pipeline/analyzeExam.ts'
import { requestOfDecisions } from '../../../../src/exam/pipeline/requestOfDecisions.ts'
import type { TissueRegion } from '../../../../src/exam/record/calibrationInputs.ts'
import { routeExam } from './routeExam.ts'

it('keeps the regions a person gave where another route is asked for', async () => {
  const { volume, context, request } = routeExam({ phantom: null })
  const region: TissueRegion = { tissue: 'blood', centerLps: [1, 2, 3], radiusMm: 6, heightMm: null }
  const asked = request({
    calibration: 'none',
    tissue: { densities: null, spread: null, reference: null, windows: null, regions: [region] },
  })
  const { decisions } = await analyzeExam(volume, context, asked)
  expect(decisions.tissueRegions).toEqual([{ ...region, source: 'roi file' }])
  expect(requestOfDecisions(decisions).tissue?.regions).toEqual([region])
})
