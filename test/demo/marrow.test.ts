import { describe, expect, it } from 'vitest'
import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import { marrowHu } from '../../src/demo/marrow.ts'
import { scannerResponse } from '../../src/demo/scannerResponse.ts'
import { PORTAL_VENOUS, scannerAt, statedExam } from './statedExam.ts'

const at = (fat: number | null, kvp: 80 | 120 | 140 = 120) =>
  statedExam({ marrowFatFraction: fat }, { scanner: scannerAt(kvp) })

describe('marrow', () => {
  it('is water where no fat is stated', () => {
    expect(marrowHu(defaultExamParameters)).toBe(0)
    expect(marrowHu(at(null))).toBe(0)
  })

  it('is a straight mixture of fat and lean marrow', () => {
    expect(marrowHu(at(0.4))).toBeCloseTo((marrowHu(at(0.2)) + marrowHu(at(0.6))) / 2, 10)
    expect(marrowHu(at(0.6))).toBeLessThan(marrowHu(at(0.2)) - 40)
  })

  it('is lighter at low voltage, where fat is', () => {
    expect(marrowHu(at(0.6, 80))).toBeLessThan(marrowHu(at(0.6, 140)))
  })

  it('takes up contrast medium', () => {
    const enhanced = statedExam({ contrast: PORTAL_VENOUS }, { scanner: scannerAt(120) })
    expect(marrowHu(enhanced)).toBeCloseTo(10, 10)
  })

  it('fills what the mineral leaves of trabecular bone, and nothing of compact bone', () => {
    const [fatty, water] = [at(0.5), at(null)].map((parameters) => scannerResponse(parameters, 'K2HPO4'))
    expect(fatty!.boneHu(700)).toBe(water!.boneHu(700))
    expect(water!.trabecularHu(100)).toBe(water!.boneHu(100))
    // 100 mg/cm³ displace 2.174 % of the volume
    expect(fatty!.trabecularHu(100) - water!.trabecularHu(100)).toBeCloseTo(marrowHu(at(0.5)) * 0.97826, 10)
  })
})
