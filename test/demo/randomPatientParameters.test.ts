import { describe, expect, it } from 'vitest'
import {
  ExamParameters,
  randomExamParameters,
  randomPatientParameters,
} from '../../src/demo/examParameters.ts'
import { CONTRAST_PHASES } from '../../src/demo/tissueParameterSchema.ts'

const drawn = Array.from({ length: 200 }, (_, index) => randomPatientParameters(2026, index))

describe('randomPatientParameters', () => {
  it('gives valid parameters, the same for the same seed and index', () => {
    for (const parameters of drawn) expect(ExamParameters.safeParse(parameters).error).toBeUndefined()
    expect(randomPatientParameters(2026, 7)).toEqual(drawn[7])
  })

  it('changes tissues and scanner of the exam that is drawn without them, nothing else', () => {
    const { tissue, dualEnergy, scanner, ...rest } = drawn[7]!
    const { scanner: plain, ...others } = randomExamParameters(2026, 7)
    expect(rest).toEqual(others)
    expect(tissue).toBeDefined()
    expect(scanner).toMatchObject({ offsetHu: plain.offsetHu })
    expect(dualEnergy === undefined || dualEnergy.kvp === 140).toBe(true)
  })

  it.each([
    ['muscleHu', 54],
    ['subcutaneousFatHu', -104],
    ['visceralFatHu', -98],
    ['bloodHu', 41],
  ] as const)('varies %s with an SD of about 6 HU', (key, middle) => {
    const values = drawn.map(({ tissue }) => tissue![key])
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
    // standard errors of 200 draws: 0.42 HU of the mean, 0.3 HU of the SD; four of each
    expect(Math.abs(mean - middle)).toBeLessThan(1.7)
    expect(Math.abs(sd - 6)).toBeLessThan(1.2)
  })

  it('covers marrow fat of 20–60 %, every phase, every voltage, pairs and hardening', () => {
    const fat = drawn.map(({ tissue }) => tissue!.marrowFatFraction!)
    expect(Math.min(...fat)).toBeLessThan(0.22)
    expect(Math.max(...fat)).toBeGreaterThan(0.58)
    expect(new Set(drawn.map(({ tissue }) => tissue!.contrast.phase))).toEqual(new Set(CONTRAST_PHASES))
    expect(new Set(drawn.map(({ scanner }) => scanner.kvp)).size).toBe(4)
    const pairs = drawn.filter(({ dualEnergy }) => dualEnergy !== undefined).length
    // a quarter of 200, ± 4 standard errors of 6
    expect(Math.abs(pairs - 50)).toBeLessThan(25)
    const hardened = drawn.filter(({ scanner }) => scanner.beamHardeningPercent !== undefined).length
    expect(Math.abs(hardened - 100)).toBeLessThan(29)
  })
})
