import { describe, expect, it } from 'vitest'
import { examDose } from '../../src/demo/examDose.ts'
import { defaultExamParameters, ExamParameters } from '../../src/demo/examParameters.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { doseResult } from '../../src/exam/pipeline/doseResult.ts'
import { NO_DOSE_DECISIONS } from '../../src/exam/record/dose.ts'
import { smallExam } from './smallExam.ts'

const small = (changes: Parameters<typeof smallExam>[1] = {}) =>
  smallExam(
    { columns: 64, rows: 48, pixelSpacingMm: 3, sliceCount: 5, sliceThicknessMm: 5, sliceSpacingMm: 4 },
    changes,
  )

async function written(parameters: ReturnType<typeof small>) {
  const files: { path: string; blob: Blob }[] = []
  const truth = await writeExam(parameters, async (path, bytes) => {
    files.push({ path, blob: new Blob([new Uint8Array(bytes)]) })
  })
  return { files, truth }
}

describe('the dose of the digital exam', () => {
  it('is CTDIvol times the irradiated length, of the localizer and of the one spiral', () => {
    // 16 mm between the outermost of five slices, 5 mm thick; the spiral irradiates 34 mm more
    expect(examDose(small())).toMatchObject([
      { exposureEvent: null, scanningLengthMm: 21, ctdiVolMgy: 0.11, dlpMgyCm: 0.23 },
      { exposureEvent: 1, scanningLengthMm: 55, ctdiVolMgy: 6.8, dlpMgyCm: 37.4 },
    ])
  })

  it('is found in its own dose report as the truth states it, without a doubt', async () => {
    const { files, truth } = await written(small())
    const { studies, setAside } = await openExam(files)
    expect(studies).toHaveLength(1)
    const result = doseResult(studies[0]!, NO_DOSE_DECISIONS)
    expect(result?.warnings).toEqual([])
    expect(result?.objects).toMatchObject([{ match: 'matches', isUsed: true }])
    expect(result?.events).toMatchObject([
      { exposureEvent: null, series: '1', verdict: 'accepted' },
      {
        exposureEvent: 1,
        series: '2',
        verdict: 'accepted',
        anatomicArea: ['spine'],
        ctdiVolDigits: '6.80',
        dlpDigits: '37.40',
      },
    ])
    expect(truth.dose?.map(({ ctdiVolMgy, dlpMgyCm }) => [ctdiVolMgy, dlpMgyCm])).toEqual(
      result?.events.map(({ ctdiVolMgy, dlpMgyCm }) => [ctdiVolMgy, dlpMgyCm]),
    )
    expect(
      setAside
        .map(({ reason }) => reason)
        .sort()
        .slice(0, 1),
    ).toEqual(['Dose report'])
    // both series come from the one spiral, and say so
    expect(studies[0]?.dose.series.map(({ seriesNumber }) => seriesNumber).sort()).toEqual([1, 2, 3])
  })

  it('is left out where the parameters say so', async () => {
    const { files, truth } = await written(small({ dose: null }))
    expect(truth.dose).toBeNull()
    expect(files.filter(({ path }) => path.includes('SE9'))).toEqual([])
  })

  it('is stated for parameters written before it existed', () => {
    const { dose: _, ...earlier } = defaultExamParameters
    expect(ExamParameters.parse(earlier)).toEqual(defaultExamParameters)
  })
})
