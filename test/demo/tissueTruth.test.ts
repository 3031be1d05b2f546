import { describe, expect, it } from 'vitest'
import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { examScene } from '../../src/demo/examScene.ts'
import { ExamTruth } from '../../src/demo/examTruth.ts'
import { marrowHu } from '../../src/demo/marrow.ts'
import { scannerResponse } from '../../src/demo/scannerResponse.ts'
import { truthOfScene } from '../../src/demo/truthOfScene.ts'
import { PORTAL_VENOUS, statedExam } from './statedExam.ts'

const truth = (parameters: ExamParameters) => {
  const found = truthOfScene(examScene(parameters))
  expect(ExamTruth.parse(JSON.parse(JSON.stringify(found)))).toEqual(found)
  return found
}

describe('tissueTruth', () => {
  it('is not there for an exam that states no tissues', () => {
    expect(truth(defaultExamParameters)).not.toHaveProperty('tissue')
  })

  it('names tissues at the scanned voltage, marrow fat and phase', () => {
    const { tissue } = truth(statedExam({ muscleHu: 50, marrowFatFraction: 0.45, contrast: PORTAL_VENOUS }))
    expect(tissue).toMatchObject({ marrowFatFraction: 0.45, contrastPhase: 'portal venous' })
    expect(tissue!.exposures).toHaveLength(1)
    const [exposure] = tissue!.exposures
    // 120 kVp: as stated, with what the medium adds and the scanner's 4 HU
    expect(exposure!.muscleHu).toBeCloseTo(50 + 15 + 4, 9)
    expect(exposure!.aortaHu).toBeCloseTo(41 + 110 + 4, 9)
    expect(exposure!.venaCavaHu).toBeCloseTo(41 + 95 + 4, 9)
    expect(exposure!.visceralFatHu).toBeCloseTo(-98 + 4, 9)
  })

  it('keeps the mineral while marrow fat biases the density a single energy reads', () => {
    const exams = [null, 0.2, 0.6].map((marrowFatFraction) => {
      const parameters = statedExam({ marrowFatFraction })
      return { parameters, found: truth(parameters) }
    })
    const water = exams[0]!.found
    for (const { parameters, found } of exams) {
      const [exposure] = found.tissue!.exposures
      found.levels.forEach(({ level, vbmdMgPerCm3, meanHu }, index) => {
        expect(vbmdMgPerCm3).toBe(water.levels[index]!.vbmdMgPerCm3)
        const read = exposure!.levels[index]!
        expect(read).toMatchObject({ level, meanHu })
        // the bias is the marrow's CT number, in the volume the mineral leaves, over the slope of the line
        const bias =
          marrowHu(parameters) * (1 - (0.2174 * vbmdMgPerCm3) / 1000) * exposure!.slopeMgPerCm3PerHu
        expect(read.singleEnergyVbmdMgPerCm3 - vbmdMgPerCm3).toBeCloseTo(bias, 9)
      })
    }
  })

  it('has the second voltage of a pair: the same mineral at a CT number that mineral gives there', () => {
    const parameters = statedExam(
      { marrowFatFraction: null },
      {
        scanner: { ...defaultExamParameters.scanner, kvp: 80 },
        dualEnergy: { kvp: 140, noiseSdHu: 8 },
      },
    )
    const { tissue, levels } = truth(parameters)
    const [low, high] = tissue!.exposures
    expect([low!.kvp, high!.kvp, low!.seriesNumber, high!.seriesNumber]).toEqual([80, 140, 2, 4])
    const at140 = scannerResponse({ ...parameters, scanner: { ...parameters.scanner, kvp: 140 } }, 'K2HPO4')
    levels.forEach(({ vbmdMgPerCm3 }, index) => {
      expect(high!.levels[index]!.meanHu).toBeCloseTo(at140.boneHu(vbmdMgPerCm3), 10)
      for (const exposure of [low!, high!])
        expect(exposure.levels[index]!.singleEnergyVbmdMgPerCm3).toBeCloseTo(vbmdMgPerCm3, 9)
      // photoelectric absorption of calcium and potassium falls as E⁻³, so mineral loses far more than a sixth
      const ratio = (low!.levels[index]!.meanHu - 4) / (high!.levels[index]!.meanHu - 4)
      expect(ratio).toBeGreaterThan(1.2)
    })
    expect(low!.rods).toHaveLength(5)
  })
})
