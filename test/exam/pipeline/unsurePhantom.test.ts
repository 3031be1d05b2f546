import { beforeAll, expect, it } from 'vitest'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { parseCertificate, type UserPhantoms } from '../../../src/core/calibration/userPhantoms.ts'
import { analyzeExam } from '../../../src/exam/pipeline/analyzeExam.ts'
import type { ExamRequest } from '../../../src/exam/pipeline/examRequest.ts'
import { type RouteExam, routeExam } from './routes/routeExam.ts'

const MODEL = 'mindways-model-3'
let exam: RouteExam
let wrong: UserPhantoms

/** A certificate of another piece: one rod 9 mg/cm³ off leaves a residual between the warning and the refusal. */
const wrongCertificate = () =>
  parseCertificate({
    schemaVersion: 1,
    phantom: MODEL,
    serial: '9999',
    source: 'of another piece',
    rods: phantomById(MODEL).rods.map(({ label, density, waterDensity }) => ({
      label,
      densityMgPerCm3: density + (label === 'C' ? 9 : 0),
      waterDensityMgPerCm3: waterDensity,
    })),
  })

const measured = (change: Partial<ExamRequest>) =>
  analyzeExam(exam.volume, exam.context, exam.request({ userPhantoms: wrong, ...change }))

beforeAll(() => {
  exam = routeExam()
  wrong = { phantoms: [], certificates: [wrongCertificate()] }
})

it('does not use a phantom that nobody named and that fits badly, and says so', async () => {
  const { results, decisions } = await measured({ calibration: 'auto' })
  expect(decisions.calibration.used).toBe('none')
  expect(results.spine.levels.every(({ vbmdMgPerCm3 }) => vbmdMgPerCm3 === null)).toBe(true)
  const said = results.warnings.find(({ code }) => code === 'PHANTOM_NOT_USED')
  expect(said?.message).toContain('it may be another one')
  await expect(measured({ calibration: 'in-scan' })).rejects.toMatchObject({ code: 'PHANTOM_NAME_UNSURE' })
})

it('takes the word of a person who names it, with the warning of its residual', async () => {
  const { results, decisions } = await measured({ calibration: 'auto', phantom: MODEL })
  expect(decisions.calibration.used).toBe('in-scan')
  const codes = results.spine.levels.flatMap(({ warnings }) => warnings.map(({ code }) => code))
  expect(codes).toContain('CALIBRATION_RESIDUAL_LARGE')
})
