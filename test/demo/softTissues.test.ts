import { describe, expect, it } from 'vitest'
import { defaultExamParameters, type ExamParameters } from '../../src/demo/examParameters.ts'
import { examScene } from '../../src/demo/examScene.ts'
import { huAtKvp, iodineHu } from '../../src/demo/materialHu.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import { softTissues } from '../../src/demo/softTissues.ts'
import { columnAxisAt } from '../../src/demo/spineColumn.ts'
import { PORTAL_VENOUS, scannerAt, statedExam } from './statedExam.ts'

/** Noise of the rendered exams. */
const NOISE = 10
const place = {
  columns: 400,
  rows: 300,
  pixelSpacingMm: 0.9,
  sliceCount: 9,
  sliceSpacingMm: 2,
  sliceThicknessMm: 2,
}
const rendered = (
  tissue: Parameters<typeof statedExam>[0],
  kvp: 80 | 120 | 140,
  offsetHu = 0,
): ExamParameters =>
  statedExam(tissue, {
    scanner: { ...scannerAt(kvp), offsetHu },
    image: { noiseSdHu: NOISE, blurSigmaMm: 0.5 },
    acquisition: { ...defaultExamParameters.acquisition, ...place, scanCenterZMm: 0 },
  })

/** Mean over a square of ± `half` mm in every slice; `at` from the middle of the column in that slice. */
function meanAt(
  parameters: ExamParameters,
  at: (spine: { x: number; y: number }) => [number, number],
  half: number,
) {
  const { volume } = renderExam(parameters)
  const { column } = examScene(parameters)
  const [nx, ny, nz] = volume.geometry.size
  const { pixelSpacingMm: pixel, fieldCenterXMm, fieldCenterYMm, sliceSpacingMm } = parameters.acquisition
  let [sum, count] = [0, 0]
  for (let k = 0; k < nz; k++) {
    const [x, y] = at(columnAxisAt(column, (k - (nz - 1) / 2) * sliceSpacingMm))
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const dx = fieldCenterXMm + (i - (nx - 1) / 2) * pixel - x
        const dy = fieldCenterYMm + (j - (ny - 1) / 2) * pixel - y
        if (Math.abs(dx) > half || Math.abs(dy) > half) continue
        sum += volume.voxels[i + nx * (j + ny * k)]! - 1024
        count++
      }
  }
  return { mean: sum / count, count }
}

const AORTA = ({ x, y }: { x: number; y: number }): [number, number] => [x + 7, y - 29]
const VENA_CAVA = ({ x, y }: { x: number; y: number }): [number, number] => [x - 17, y - 26]
const ERECTOR = ({ x, y }: { x: number; y: number }): [number, number] => [x * 0.6 + 36, y + 57]
// 8 mm under the skin of the left flank, 16 mm of fat thick
const FLANK = (): [number, number] => [165 - 1.8 - 8, 0]

/** Four standard errors of the mean of noise that neighbours share by a grain of half a pixel; rounding adds a little. */
const near = (count: number) => (4 * NOISE) / Math.sqrt(count) + 0.05

describe('the patient’s tissues', () => {
  const tissue = {
    muscleHu: 47,
    subcutaneousFatHu: -111,
    visceralFatHu: -90,
    bloodHu: 36,
    contrast: PORTAL_VENOUS,
  }

  it.each([80, 120, 140] as const)('are painted as stated at %d kVp', (kvp) => {
    const exam = rendered(tissue, kvp, 3)
    for (const [at, half, base, enhancement, material] of [
      [AORTA, 4, 36, 110, 'blood'],
      [VENA_CAVA, 4, 36, 95, 'blood'],
      [ERECTOR, 3.5, 47, 15, 'muscle'],
      [FLANK, 3, -111, 0, 'adipose'],
    ] as const) {
      const { mean, count } = meanAt(exam, at, half)
      const expected = huAtKvp(material, base, kvp) + iodineHu(enhancement, kvp) + 3
      expect(Math.abs(mean - expected)).toBeLessThan(near(count))
    }
  })

  it('have the values of an exam that states none when none is named, but one blood', () => {
    const [stated, plain] = [softTissues(rendered({}, 120)), softTissues(defaultExamParameters)]
    for (const key of ['muscle', 'subcutaneousFat', 'visceralFat', 'artery', 'smallVein'] as const)
      expect(stated[key]).toBeCloseTo(plain[key], 10)
    expect(stated.venaCava).toBe(stated.artery)
    expect(stated.tissue(-60)).toBeCloseTo(-60, 10)
  })

  it('leave gas, calcium and water alone when the voltage changes, and move what is between', () => {
    const { tissue: at } = softTissues(rendered({}, 80))
    expect([at(-940), at(0), at(420)]).toEqual([-940, 0, 420])
    expect(at(-98)).toBeLessThan(-98)
    expect(at(52)).toBeGreaterThan(52)
    // muscle composition differs from water by traces: 60 HU move by less than 5
    expect(at(60) - 60).toBeLessThan(5)
  })
})
