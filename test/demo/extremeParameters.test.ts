import { describe, expect, it } from 'vitest'
import { ExamParameters } from '../../src/demo/examParameters.ts'
import { ExamTruth } from '../../src/demo/examTruth.ts'
import { PHANTOM_IDS } from '../../src/demo/phantomModels.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import { seededRandom } from '../../src/demo/seededRandom.ts'
import { smallExam } from './smallExam.ts'

/** An exam whose every number lies at one end of its permitted range. */
function extremeExam(index: number): ExamParameters {
  const random = seededRandom(`extreme/${index}`)
  const end = (low: number, high: number) => (random.uniform() < 0.5 ? low : high)
  const base = smallExam({})
  const sliceThicknessMm = end(0.6, 10)
  return {
    ...base,
    patient: {
      ...base.patient,
      trunkWidthMm: end(260, 460),
      trunkDepthMm: end(190, 320),
      subcutaneousFatMm: end(4, 50),
    },
    acquisition: {
      ...base.acquisition,
      columns: end(32, 65),
      rows: end(32, 49),
      pixelSpacingMm: end(0.2, 3),
      sliceCount: end(2, 6),
      sliceThicknessMm,
      sliceSpacingMm: sliceThicknessMm * end(0.5, 1),
      fieldCenterXMm: end(-200, 200) * end(0, 1),
      fieldCenterYMm: end(-200, 200) * end(0, 1),
      scanCenterZMm: end(-600, 600) * end(0, 0.2),
    },
    image: { noiseSdHu: end(0, 200), blurSigmaMm: end(0.2, 3) },
    scanner: { kvp: 80, mineralSlopeDriftPercent: end(-20, 20), offsetHu: end(-40, 40) },
    phantom: {
      ...base.phantom!,
      id: random.pick(PHANTOM_IDS),
      rodDiameterMm: end(12, 20),
      rodSpacingMm: end(22, 50),
      rotationXDeg: end(-10, 10),
      rotationYDeg: end(-10, 10),
      rotationZDeg: end(-10, 10),
    },
    spine: {
      ...base.spine,
      sizeScale: end(0.8, 1.2),
      lordosisDeg: end(0, 60),
      sagittalTiltDeg: end(-15, 15),
      coronalTiltDeg: end(-20, 20),
      axialRotationDeg: end(-15, 15),
      wallThicknessMm: end(0.3, 2),
      endplateThicknessMm: end(0.3, 2),
      texturePercent: end(0, 30),
    },
  }
}

describe('an exam at the ends of its parameters', () => {
  it('is still an exam: valid, drawn, and with a truth of finite numbers', () => {
    for (let index = 0; index < 14; index++) {
      const parameters = extremeExam(index)
      expect(ExamParameters.safeParse(parameters).error).toBeUndefined()
      const { volume, truth } = renderExam(parameters)
      expect(ExamTruth.safeParse(truth).error).toBeUndefined()
      expect(volume.voxels.every((stored) => stored >= 0 && stored <= 4095)).toBe(true)
    }
  })

  it('has a whole spine in its truth where the scan holds one, however it leans', () => {
    for (let index = 0; index < 3; index++) {
      const { spine } = extremeExam(index)
      const parameters = {
        ...smallExam({
          columns: 120,
          rows: 120,
          pixelSpacingMm: 3,
          sliceCount: 40,
          sliceThicknessMm: 10,
          sliceSpacingMm: 10,
          fieldCenterYMm: 20,
        }),
        spine,
      }
      const { truth } = renderExam(parameters)
      expect(truth.levels.length).toBe(6)
      for (const { vbmdMgPerCm3, voi } of truth.levels) {
        expect(vbmdMgPerCm3).toBeGreaterThan(60)
        expect(vbmdMgPerCm3).toBeLessThan(200)
        expect(Math.min(...voi.radiiMm)).toBeGreaterThan(3)
      }
    }
  })
})
