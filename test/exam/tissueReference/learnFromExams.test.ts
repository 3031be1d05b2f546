import { beforeAll, expect, it } from 'vitest'
import { NO_USER_PHANTOMS } from '../../../src/core/calibration/userPhantoms.ts'
import { QctError } from '../../../src/core/errors.ts'
import { USUAL_DEVICE } from '../../../src/demo/examParameterSchema.ts'
import type { ExamParameters } from '../../../src/demo/examParameters.ts'
import { writeExam } from '../../../src/demo/writeExam.ts'
import type { CtStudy } from '../../../src/dicom/ctStudy.ts'
import type { NamedBlob } from '../../../src/dicom/namedBlob.ts'
import { openExam } from '../../../src/dicom/openExam.ts'
import type { ExamSource } from '../../../src/exam/pipeline/examSource.ts'
import { type LearnedTissues, learnFromExams } from '../../../src/exam/tissueReference/learnFromExams.ts'
import type { TissueLearningRequest } from '../../../src/exam/tissueReference/measureTissuePair.ts'
import { learningExam } from '../../demo/learningExam.ts'
import { PORTAL_VENOUS } from '../../demo/statedExam.ts'

type Study = Extract<ExamSource, { kind: 'study' }>

async function written(parameters: ExamParameters): Promise<Study> {
  const files: NamedBlob[] = []
  await writeExam(parameters, async (path, bytes) => {
    if (path.startsWith('dicom/')) files.push({ path, blob: new Blob([bytes.slice()]) })
  })
  const { studies } = await openExam(files)
  return { kind: 'study', study: studies[0]!, setAside: [] }
}

const withFacts = ({ study }: Study, facts: Partial<CtStudy['series'][number]['acquisition']>): Study => ({
  kind: 'study',
  setAside: [],
  study: {
    ...study,
    patient: { ...study.patient, patientId: 'ANOTHER' },
    series: study.series.map((series) => ({ ...series, acquisition: { ...series.acquisition, ...facts } })),
  },
})

const asked = (change: Partial<TissueLearningRequest> = {}): TissueLearningRequest => ({
  phantom: null,
  userPhantoms: NO_USER_PHANTOMS,
  deviceSerial: null,
  kvp: null,
  ...change,
})
const codes = ({ rows }: LearnedTissues) => rows.map(({ pair }) => (pair.ok ? 'pair' : pair.error.code))
const refusal = ({ reference }: LearnedTissues) => (reference.ok ? null : reference.error)

let plain: Study
let elsewhere: Study

beforeAll(async () => {
  plain = await written(learningExam(0))
  elsewhere = await written(learningExam(1, { device: { ...USUAL_DEVICE, deviceSerialNumber: 'DIGITAL-2' } }))
}, 240_000)

it('refuses each scan that cannot serve with its own reason, and the scans of two scanners as a whole', async () => {
  const { tissue } = learningExam(2)
  const enhanced = await written(
    learningExam(2, tissue === undefined ? {} : { tissue: { ...tissue, contrast: PORTAL_VENOUS } }),
  )
  const bare = await written(learningExam(3, { phantom: null }))
  const nifti: ExamSource = { kind: 'nifti', file: { path: 'a.nii', blob: new Blob(['no header']) } }
  const steps = new Set<string>()
  const learned = await learnFromExams(
    [
      plain,
      elsewhere,
      plain,
      enhanced,
      bare,
      nifti,
      withFacts(plain, { contrastBolusAgent: 'Iomeprol 400' }),
    ],
    asked(),
    { onProgress: (scan, scans, { name }) => steps.add(`${scan}/${scans} ${name}`) },
  )
  expect(codes(learned)).toEqual([
    'pair',
    'pair',
    'TISSUE_PAIR_REPEATED',
    'TISSUE_PAIR_CONTRAST',
    'RODS_NOT_FOUND',
    'PHANTOM_SCAN_KEY_MISSING',
    'TISSUE_PAIR_AGENT',
  ])
  expect(refusal(learned)?.code).toBe('TISSUE_PAIRS_MIXED')
  expect(refusal(learned)?.message).toMatch(/device serial number.*DIGITAL-1, DIGITAL-2/)
  for (const name of ['read', 'rods', 'levels', 'tissues']) expect(steps).toContain(`1/7 ${name}`)
}, 240_000)

it('measures phantom and tissues of a scan as its truth says', async () => {
  const { rows, reference } = await learnFromExams([plain], asked())
  expect(reference.ok ? null : reference.error.code).toBe('TISSUE_PAIRS_TOO_FEW')
  const pair = rows[0]?.pair
  if (pair?.ok !== true) throw new Error('the plain scan gives a pair')
  const { scan, date, model } = pair.value
  expect({ date, model, serial: scan.deviceSerial, kvp: scan.kvp }).toEqual({
    date: '2026-03-02',
    model: 'Digital exam',
    serial: 'DIGITAL-1',
    kvp: 120,
  })
  const { tissue, scanner } = learningExam(0)
  const stated = {
    air: -1000,
    adipose: tissue?.subcutaneousFatHu,
    skeletalMuscle: tissue?.muscleHu,
    blood: tissue?.bloodHu,
  }
  expect(scan.tissues.map((sample) => sample.tissue)).toEqual(Object.keys(stated))
  for (const { tissue: name, meanHu, standardErrorHu } of scan.tissues) {
    const truth = (stated[name as 'air'] ?? Number.NaN) + (name === 'air' ? 0 : scanner.offsetHu)
    // Four standard errors, a chance of 1 in 16 000 each; 3 HU for edges blurred over pixels of 1.9 mm and air cut off at −1024 HU.
    expect(Math.abs(meanHu - truth), name).toBeLessThan(3 + 4 * standardErrorHu)
  }
}, 120_000)

it('refuses what the caller did not ask for before it reads a pixel', async () => {
  const unread = { onProgress: () => expect.unreachable('nothing is to be read') }
  const other = await learnFromExams([plain], asked({ deviceSerial: 'DIGITAL-2' }), unread)
  expect(codes(other)).toEqual(['TISSUE_PAIR_OTHER'])
  expect(codes(await learnFromExams([plain], asked({ kvp: 100 }), unread))).toEqual(['TISSUE_PAIR_OTHER'])
  const blended = withFacts(plain, {
    monoenergeticKev: 70,
    imageType: ['DERIVED', 'PRIMARY', 'AXIAL', 'VMI'],
  })
  expect(codes(await learnFromExams([blended], asked(), unread))).toEqual(['TISSUE_PAIR_OTHER'])
})

it('learns nothing from nothing, and stops when told', async () => {
  expect(refusal(await learnFromExams([], asked()))?.code).toBe('TISSUE_PAIRS_TOO_FEW')
  const stop = new AbortController()
  const stopped = learnFromExams([plain], asked(), {
    signal: stop.signal,
    onProgress: (_scan, _scans, { name }) => name === 'rods' && stop.abort(),
  })
  await expect(stopped).rejects.toThrow(new QctError('CANCELLED', {}))
})
