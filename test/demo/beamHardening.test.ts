import { describe, expect, it } from 'vitest'
import { hardenedHu, hardeningAt, meanPathMm } from '../../src/demo/beamHardening.ts'
import { beamAttenuation } from '../../src/demo/beamSpectrum.ts'
import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import { smallExam } from './smallExam.ts'

const left = (beamHardeningPercent: number): ExamParameters => ({
  ...defaultExamParameters,
  scanner: { ...defaultExamParameters.scanner, beamHardeningPercent },
})

describe('meanPathMm', () => {
  it('is the diameter in the middle of a circle, and 4/π of the radius on its rim', () => {
    expect(meanPathMm(0, 0, 100, 100)).toBeCloseTo(200, 10)
    // mean of 2r·|cos| over half a turn; the sum over 24 directions is within 0.1 % of the integral
    expect(meanPathMm(0, 100, 100, 100)).toBeGreaterThan(127.2)
    expect(meanPathMm(0, 100, 100, 100)).toBeLessThan(127.5)
  })

  it('falls outside the ellipse towards 0', () => {
    const paths = [100, 120, 200, 400, 2000].map((y) => meanPathMm(0, y, 100, 100))
    expect([...paths].sort((a, b) => b - a)).toEqual(paths)
    expect(paths.at(-1)).toBeLessThan(20)
  })
})

describe('hardeningAt', () => {
  it('is nothing unless the scanner leaves some', () => {
    expect(hardeningAt(defaultExamParameters)).toBeUndefined()
    expect(hardeningAt(left(0))).toBeUndefined()
  })

  it('left whole, reads every place by the beam behind its own path', () => {
    const at = hardeningAt(left(100))!
    const path = meanPathMm(2, 18, 165, 110)
    const [beam, nominal] = [beamAttenuation(120, path), beamAttenuation(120, 200)]
    // straight lines over 20 mm of a curve that bends by a ten thousandth
    expect(at(2, 18).base).toBeCloseTo(beam('water') / nominal('water'), 3)
    expect(at(2, 18).excess).toBeCloseTo(beam('K2HPO4') / nominal('K2HPO4'), 3)
  })

  it('lowers the spine and raises the phantom: they do not see the same', () => {
    const at = hardeningAt(left(20))!
    const [spine, phantom] = [at(2, 18), at(0, 133)]
    expect(hardenedHu(spine, 150)).toBeLessThan(150)
    expect(hardenedHu(phantom, 150)).toBeGreaterThan(150)
    expect(hardenedHu(spine, 0)).toBeLessThan(0)
    expect(hardenedHu(spine, -1000)).toBe(-1000)
  })

  it('moves twice as much when twice as much is left, smoothly', () => {
    const [some, more] = [hardeningAt(left(10))!, hardeningAt(left(20))!]
    expect(more(2, 18).excess - 1).toBeCloseTo(2 * (some(2, 18).excess - 1), 12)
    // 24 directions leave ripples; 3 mm on, nothing moves by 0.2 % of a CT number of water
    for (let y = -100; y < 160; y += 3)
      expect(Math.abs(more(0, y + 3).base - more(0, y).base)).toBeLessThan(0.002)
  })

  it('is in the voxels', () => {
    const exam = (percent?: number) => {
      const scanner = { ...defaultExamParameters.scanner, ...(percent && { beamHardeningPercent: percent }) }
      const place = { columns: 32, rows: 32, pixelSpacingMm: 1, sliceCount: 3, fieldCenterYMm: 18 }
      return renderExam(smallExam(place, { scanner })).volume.voxels
    }
    const [plain, hard] = [exam(), exam(20)]
    const at = 32 * 16 + 16 + 32 * 32
    const expected = hardenedHu(hardeningAt(left(20))!(0.5, 18.5), plain[at]! - 1024)
    // both images are rounded to whole numbers, and the blur mixes places a pixel apart
    expect(Math.abs(hard[at]! - 1024 - expected)).toBeLessThan(1.1)
    expect(hard[at]).not.toBe(plain[at])
  })
})
