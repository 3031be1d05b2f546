import { describe, expect, it } from 'vitest'
import { QctError } from '../../src/core/errors.ts'
import { defaultExamParameters, parseExamParameters } from '../../src/demo/examParameters.ts'

const refusal = (input: unknown) => {
  try {
    parseExamParameters(input)
  } catch (error) {
    if (error instanceof QctError) return { code: error.code, details: error.details as { path: string } }
    throw error
  }
  return undefined
}
const changed = (section: 'acquisition' | 'spine' | 'phantom', values: object) => ({
  ...defaultExamParameters,
  [section]: { ...defaultExamParameters[section], ...values },
})

describe('parseExamParameters', () => {
  it('takes the default exam back as it was written', () => {
    expect(parseExamParameters(JSON.parse(JSON.stringify(defaultExamParameters)))).toEqual(
      defaultExamParameters,
    )
  })

  it.each([
    ['no object', 7],
    ['another schema version', { ...defaultExamParameters, schemaVersion: 2 }],
    ['an unknown key', { ...defaultExamParameters, noise: 3 }],
    ['a seed that is no whole number', { ...defaultExamParameters, seed: 1.5 }],
    ['a spacing of NaN', changed('acquisition', { pixelSpacingMm: Number.NaN })],
    ['an enormous matrix', changed('acquisition', { columns: 16_384 })],
    ['slices apart from each other', changed('acquisition', { sliceThicknessMm: 1, sliceSpacingMm: 2 })],
    [
      'slices that overlap by more than half',
      changed('acquisition', { sliceThicknessMm: 3, sliceSpacingMm: 1 }),
    ],
    [
      'more than a gigabyte of voxels',
      changed('acquisition', { columns: 1024, rows: 1024, sliceCount: 1200 }),
    ],
    ['a phantom nobody knows', changed('phantom', { id: 'mindways-model-4' })],
    ['rods that touch', changed('phantom', { rodDiameterMm: 20, rodSpacingMm: 20 })],
    [
      'levels in the wrong order',
      changed('spine', { levels: [...defaultExamParameters.spine.levels].reverse() }),
    ],
  ])('refuses %s', (_, input) => {
    expect(refusal(input)?.code).toBe('DEMO_PARAMETERS_INVALID')
  })

  it('says where the fault lies', () => {
    expect(refusal(changed('acquisition', { pixelSpacingMm: -1 }))?.details.path).toBe(
      'acquisition.pixelSpacingMm',
    )
  })
})
