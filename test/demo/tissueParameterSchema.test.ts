import { describe, expect, it } from 'vitest'
import { QctError } from '../../src/core/errors.ts'
import { defaultExamParameters, parseExamParameters } from '../../src/demo/examParameters.ts'
import { PORTAL_VENOUS } from './statedExam.ts'

const faultOf = (changes: object) => {
  try {
    parseExamParameters({ ...defaultExamParameters, ...changes })
  } catch (error) {
    if (error instanceof QctError) return (error.details as { path: string }).path
    throw error
  }
  return undefined
}

describe('tissue parameters', () => {
  it('fill what is not named, and stay away where no tissue is stated', () => {
    expect(parseExamParameters({ ...defaultExamParameters, tissue: { bloodHu: 50 } }).tissue).toEqual({
      muscleHu: 54,
      subcutaneousFatHu: -104,
      visceralFatHu: -98,
      bloodHu: 50,
      marrowFatFraction: null,
      contrast: { phase: 'none', enhancementHu: { aorta: 0, venaCava: 0, muscle: 0, marrow: 0 } },
    })
    expect(parseExamParameters(defaultExamParameters)).not.toHaveProperty('tissue')
  })

  it.each([
    ['tissue.marrowFatFraction', { tissue: { marrowFatFraction: 0.7 } }],
    ['tissue.muscleHu', { tissue: { muscleHu: 140 } }],
    ['tissue.contrast.enhancementHu', { tissue: { contrast: { ...PORTAL_VENOUS, phase: 'none' } } }],
    ['dualEnergy', { dualEnergy: { kvp: 80, noiseSdHu: 12 } }],
    ['dualEnergy.kvp', { tissue: {}, dualEnergy: { kvp: 120, noiseSdHu: 12 } }],
    [
      'scanner.beamHardeningPercent',
      { scanner: { ...defaultExamParameters.scanner, beamHardeningPercent: 101 } },
    ],
  ])('are refused at %s', (path, changes) => {
    expect(faultOf(changes)).toBe(path)
  })
})
