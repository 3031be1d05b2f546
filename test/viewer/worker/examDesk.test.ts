import { beforeAll, describe, expect, it } from 'vitest'
import { reportFonts } from '../../../src/cli/reportFonts.ts'
import { defaultExamParameters } from '../../../src/demo/examParameters.ts'
import { examScene } from '../../../src/demo/examScene.ts'
import { truthOfScene } from '../../../src/demo/truthOfScene.ts'
import { openExam } from '../../../src/dicom/openExam.ts'
import { analyzeSource } from '../../../src/exam/pipeline/analyzeSource.ts'
import { type ExamRequest, PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { examSources } from '../../../src/exam/pipeline/examSource.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { ExamDesk } from '../../../src/viewer/worker/examDesk.ts'
import type {
  DroppedFile,
  OpenedDrop,
  Outcome,
  SharedVolume,
  WorkerEvent,
} from '../../../src/viewer/worker/examWorkerApi.ts'
import { cancelUpTo, makeCancelFlag } from '../../../src/viewer/worker/sharedCancel.ts'
import { droppedExam } from '../droppedExam.ts'

let files: DroppedFile[]
let desk: ExamDesk
const events: WorkerEvent[] = []
const cancelled = makeCancelFlag()
let drop: OpenedDrop
let volume: SharedVolume
let record: ExamRecord
let request: ExamRequest

function given<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

beforeAll(async () => {
  files = await droppedExam()
  const truth = truthOfScene(examScene(defaultExamParameters))
  request = {
    ...PLAIN_REQUEST,
    roiFile: {
      schemaVersion: 1,
      rods: [],
      spine: truth.levels
        .filter(({ level }) => level === 'L1' || level === 'L2')
        .map(({ level, seedLps }) => ({ level, centerLps: seedLps })),
    },
  }
  desk = new ExamDesk(async () => reportFonts())
  await desk.connect(cancelled, (event) => events.push(event), 'exam-desk-test')
  drop = given(await desk.open(1, files))
  given(await desk.thumbnails(2))
  volume = given(await desk.load(3, { sourceId: drop.sources[0]!.id, seriesId: null }))
  record = given(await desk.analyze(4, request))
})

describe('the exam desk', () => {
  it('finds the study with both reconstructions, proposes the whole field, and sets the rest aside', () => {
    expect(drop.sources).toHaveLength(1)
    const [source] = drop.sources
    expect(source!.series.map(({ acquisition }) => acquisition.convolutionKernel)).toEqual([
      'STANDARD',
      'BONE',
    ])
    expect(source!.proposed?.seriesId).toBe(source!.series[0]!.id)
    expect(drop.setAside.map(({ path }) => path).some((path) => path.includes('SE1'))).toBe(true)
  })

  it('sends the first picture before it has looked through the files', () => {
    const kinds = events.filter(({ job }) => job === 1)
    const first = kinds.findIndex(({ kind }) => kind === 'firstImage')
    const progress = kinds.findIndex((event) => event.kind === 'progress' && event.step.name === 'open')
    expect(first).toBeGreaterThanOrEqual(0)
    expect(first).toBeLessThan(progress)
  })

  it('draws first picture and thumbnails with more than one grey', () => {
    const pictures = events.flatMap((event) =>
      event.kind === 'thumbnail' || event.kind === 'firstImage' ? [event.picture] : [],
    )
    expect(pictures).toHaveLength(3)
    for (const { rgba } of pictures)
      expect(new Set(rgba.filter((_, n) => n % 4 === 0)).size).toBeGreaterThan(20)
  })

  it('keeps the voxels in shared memory and says of every slice that it is there', () => {
    expect(volume.ct.voxels.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(volume.flags.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect([...volume.flags].every((flag) => flag === 1)).toBe(true)
    const told = events.findIndex(({ kind }) => kind === 'volume')
    const slices = events.findIndex(({ kind }) => kind === 'slices')
    expect(told).toBeLessThan(slices)
  })

  it('measures what the command line measures, to the last bit', async () => {
    const named = files.map((file) => ({ path: file.path, blob: 'blob' in file ? file.blob : new Blob([]) }))
    const [source] = examSources(await openExam(named), [])
    const { record: byCommandLine } = await analyzeSource(source!, request)
    expect(record.results).toEqual(byCommandLine.results)
    expect(record.results.spine.levels.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  it('shows under the hand the numbers of the record, once settled', async () => {
    for (const { level, voi } of record.decisions.rois) {
      const live = given(await desk.measureVoi(level, voi!, true))
      const result = record.results.spine.levels.find((row) => row.level === level)!
      expect(live).toEqual({
        level,
        meanHu: result.meanHu,
        sdHu: result.sdHu,
        n: result.n,
        vbmdMgPerCm3: result.vbmdMgPerCm3,
        uncertaintyMgPerCm3: result.uncertaintyMgPerCm3,
        isSettled: true,
      })
    }
  })

  it('says so while a VOI under the hand is shown without its doubt and with its former calibration', async () => {
    const { level, voi } = record.decisions.rois[0]!
    const higher = {
      ...voi!,
      centerLps: [voi!.centerLps[0], voi!.centerLps[1], voi!.centerLps[2] + 3] as const,
    }
    const quick = given(await desk.measureVoi(level, { ...higher, centerLps: [...higher.centerLps] }, false))
    const settled = given(await desk.measureVoi(level, { ...higher, centerLps: [...higher.centerLps] }, true))
    expect(quick.isSettled).toBe(false)
    expect(settled.isSettled).toBe(true)
    // The voxels are the same at once; only the line that turns them into densities follows.
    expect([quick.meanHu, quick.sdHu, quick.n]).toEqual([settled.meanHu, settled.sdHu, settled.n])
    const again = given(await desk.measureVoi(level, { ...higher, centerLps: [...higher.centerLps] }, false))
    // Once the rods of these slices are sampled, the quick number has their calibration; its doubt still follows.
    expect(again).toEqual({ ...settled, uncertaintyMgPerCm3: null, isSettled: false })
  })

  it('gives a VOI outside the scan as a failure with its code, not as a number', async () => {
    const { level, voi } = record.decisions.rois[0]!
    const outcome = await desk.measureVoi(level, { ...voi!, centerLps: [0, 0, 9000] }, false)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'ROI_OUTSIDE_VOLUME' } })
  })

  it('makes the report in every form from the record', async () => {
    const made = await Promise.all(
      (['text', 'html', 'csv', 'json', 'pdf', 'doseCsv'] as const).map(async (form) =>
        given(await desk.report(record, form)),
      ),
    )
    const [text, html, csv, json, pdf, dose] = made.map(({ bytes }) =>
      new TextDecoder('latin1').decode(bytes),
    )
    expect(text).toContain('TECHNIQUE')
    expect(html).toContain('<table')
    expect(csv!.split('\n').filter((line) => line.includes('L1') || line.includes('L2'))).toHaveLength(2)
    expect(JSON.parse(new TextDecoder().decode(made[3]!.bytes))).toEqual(JSON.parse(JSON.stringify(record)))
    expect(json).toContain('schemaVersion')
    expect(pdf!.startsWith('%PDF')).toBe(true)
    expect(dose).toMatch(/^studyInstanceUid,.*,ctdiVolMgy,dlpMgyCm,/)
  })

  it('signs with the hashes of its own figures, and adds an addendum to the signed record only', async () => {
    const signer = { name: 'A. Reader', role: 'Radiologist', signedAt: '2026-01-02T03:04:05Z' }
    const early = await desk.sign(record, signer, 'too early')
    expect(early).toMatchObject({ ok: false, failure: { code: 'SIGNING_REFUSED' } })
    const withIndication = given(
      await desk.analyze(5, {
        ...request,
        patientFile: { indication: 'screening', menopausalStatus: 'post' },
      }),
    )
    const signed = given(await desk.sign(withIndication, signer, null))
    expect(signed.signatures).toHaveLength(1)
    expect(signed.results.report.frozen?.pictures.length).toBeGreaterThan(0)
    expect(given(await desk.sign(signed, signer, 'seen again')).signatures).toHaveLength(2)
  })

  it('hears a stop that was asked for before its turn, and measures again afterwards', async () => {
    cancelUpTo(cancelled, 6)
    expect(await desk.analyze(6, PLAIN_REQUEST)).toMatchObject({ ok: false, failure: { code: 'CANCELLED' } })
    expect(given(await desk.analyze(7, request)).results).toEqual(record.results)
  })

  it('takes over a volume that was decoded before, and measures the same', async () => {
    const other = new ExamDesk(async () => reportFonts())
    await other.connect(makeCancelFlag(), () => undefined, 'exam-desk-other')
    const reopened = given(await other.open(1, files))
    given(await other.adopt({ sourceId: reopened.sources[0]!.id, seriesId: null }, volume))
    expect(given(await other.analyze(2, request)).results).toEqual(record.results)
  })

  it('refuses a drop without a CT image by its code', async () => {
    const other = new ExamDesk(async () => reportFonts())
    const outcome = await other.open(1, [{ path: 'notes.txt', blob: new Blob(['no image']) }])
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'NO_CT_IMAGES' } })
  })
})
