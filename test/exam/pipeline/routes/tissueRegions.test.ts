import { expect, it } from 'vitest'
import { examRoutes } from '../../../../src/exam/pipeline/routes/examRoutes.ts'
import { findScanCalibration } from '../../../../src/exam/pipeline/scanCalibration.ts'
import { routeExam } from './routeExam.ts'

it('keeps the regions a person gave where another route is asked for', () => {
  const { volume, context, request } = routeExam({ phantom: null })
  const region = { tissue: 'blood' as const, centerLps: [1, 2, 3], radiusMm: 6, heightMm: null }
  const asked = request({
    calibration: 'asynchronous',
    tissue: {
      densities: null,
      spread: null,
      reference: null,
      windows: null,
      regions: [{ ...region, centerLps: [1, 2, 3] }],
    },
  })
  const { routes, tissueRegions } = examRoutes(volume, context, asked, findScanCalibration(volume, asked))
  expect(routes.map(({ route }) => route)).toEqual(['asynchronous'])
  expect(tissueRegions).toEqual([{ ...region, source: 'roi file' }])
})
