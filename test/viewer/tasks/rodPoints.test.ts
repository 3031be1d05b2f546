import { describe, expect, it } from 'vitest'
import type { CalibrationResult } from '../../../src/exam/record/results.ts'
import { rodPoints } from '../../../src/viewer/tasks/calibration/rodPoints.ts'

const rod = (label: string, meanHu: number, densityMgPerCm3: number) => ({
  label,
  meanHu,
  sdHu: 10,
  standardErrorHu: 0.2,
  n: 1000,
  densityMgPerCm3,
  waterDensityMgPerCm3: null,
  centerLps: [0, 0, 0] as [number, number, number],
  radiusMm: 6,
})

const calibration: CalibrationResult = {
  id: 'exam',
  method: 'in-scan',
  phantom: 'qrm-bdc-3',
  mineral: 'HA',
  equation: 'linear',
  slopeMgPerCm3PerHu: 0.8,
  interceptMgPerCm3: -2,
  residualSdMgPerCm3: 1,
  covariance: [1e-6, 0, 0.1],
  rods: [rod('A', 0, 0), rod('B', 130, 100)],
  asynchronous: null,
  tissue: null,
  dualEnergy: null,
  citations: [],
}

describe('rods on the calibration plot', () => {
  it('lie off the line by what the line misses of their density', () => {
    // 0 − (0.8·0 − 2) = 2 and 100 − (0.8·130 − 2) = −2
    expect(rodPoints(calibration).map(({ offLine }) => offLine)).toEqual([2, -2])
  })

  it('have no distance from a line that is not there', () => {
    const none = { ...calibration, slopeMgPerCm3PerHu: null, interceptMgPerCm3: null }
    expect(rodPoints(none).map(({ offLine }) => offLine)).toEqual([null, null])
  })
})
