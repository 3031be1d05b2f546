import { QctError } from '../../core/errors.ts'
import { buildVolume } from '../../dicom/buildVolume.ts'
import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import { openArchives } from '../../dicom/openArchives.ts'
import { openExam } from '../../dicom/openExam.ts'
import { analyzeSource } from '../../exam/pipeline/analyzeSource.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import { type ExamSource, examSources, isNiftiName } from '../../exam/pipeline/examSource.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { addAddendum, signRecord } from '../../exam/record/signRecord.ts'
import type { ReportFonts } from '../../exam/render/pdf/reportFonts.ts'
import type {
  DroppedFile,
  ExamWorkerApi,
  JobStep,
  OpenedDrop,
  Outcome,
  SeriesChoice,
  SharedVolume,
  WorkerEvent,
} from './examWorkerApi.ts'
import { fetchedFiles } from './fetchedFiles.ts'
import { firstPicture } from './firstPicture.ts'
import { levelPictures } from './levelPictures.ts'
import { holdLock } from './lifeLock.ts'
import { liveMeasurement } from './liveMeasurement.ts'
import { madeFigures, madeReport } from './madeFiles.ts'
import { outcomeOf } from './outcome.ts'
import { paced } from './paced.ts'
import { sendThumbnails } from './seriesThumbnails.ts'
import { cancelSignal, makeCancelFlag } from './sharedCancel.ts'
import { type BuiltSharedVolume, sharedNifti, sharedSeries } from './sharedVolume.ts'
import { sourceSummary } from './sourceSummary.ts'
import { VolumeFindings } from './volumeFindings.ts'
import { WholeFiles } from './wholeFiles.ts'

/** Files tried for a picture before archives are looked into. */
const FIRST_TRIED = 3

/** The volume on the desk: which series it is, its voxels, and what was found in it so far. */
interface Loaded {
  readonly choice: SeriesChoice
  readonly built: BuiltSharedVolume
  readonly findings: VolumeFindings
}

/**
 * The exam worker's work, free of the worker itself: one drop, one loaded volume, jobs one after the other.
 * Runs in Node as in a browser worker.
 */
export class ExamDesk implements ExamWorkerApi {
  #cancelled = makeCancelFlag()
  #listen: (event: WorkerEvent) => void = () => undefined
  #sources = new Map<string, ExamSource>()
  #loaded: Loaded | null = null
  #volumes = 0
  #whole = new WholeFiles()
  readonly #fonts: () => Promise<ReportFonts>

  /** @param fonts - Brings the typefaces of the PDF when one is made. */
  constructor(fonts: () => Promise<ReportFonts>) {
    this.#fonts = fonts
  }

  readonly connect: ExamWorkerApi['connect'] = async (cancelled, listen, life) => {
    this.#cancelled = cancelled
    this.#listen = listen
    await holdLock(life)
  }

  readonly bring: ExamWorkerApi['bring'] = (files, isFirst) =>
    outcomeOf(() => {
      if (isFirst) {
        this.#whole.release()
        this.#whole = new WholeFiles()
      }
      this.#whole.begin(files.filter((file) => 'blob' in file))
      return null
    })

  readonly open = (job: number, files: readonly DroppedFile[]): Promise<Outcome<OpenedDrop>> =>
    outcomeOf(async () => {
      const whole = this.#whole
      const signal = cancelSignal(this.#cancelled, job)
      const tell = this.#progress(job)
      this.#loaded = null
      this.#sources.clear()
      const blobs = await fetchedFiles(files, signal, (done, total) => tell({ name: 'fetch' }, done / total))
      if (files.some((file) => 'url' in file) && blobs.every(({ error }) => error === undefined))
        this.#listen({ kind: 'fetched', job, files: blobs.map(({ path, blob }) => ({ path, blob })) })
      const reading = whole.of(blobs)
      // Its own reads come between the others; again below where the images lie in an archive.
      const early = await firstPicture(blobs.slice(0, FIRST_TRIED))
      if (early !== null) this.#listen({ kind: 'firstImage', job, picture: early })
      const opened = await openArchives(await reading)
      signal.throwIfAborted()
      const picture = early ?? (await firstPicture(opened.files))
      if (early === null && picture !== null) this.#listen({ kind: 'firstImage', job, picture })
      const found = await openExam(opened.files, {
        signal,
        onProgress: (done, total) => tell({ name: 'open' }, done / total),
      })
      const drop = { ...found, setAside: [...opened.setAside, ...found.setAside] }
      const niftiFiles = opened.files.filter(({ path }) => isNiftiName(path))
      const sources = examSources(drop, niftiFiles)
      if (sources.length === 0) whole.release()
      if (sources.length === 0) throw new QctError('NO_CT_IMAGES', { files: opened.files.length })
      for (const [n, source] of sources.entries()) this.#sources.set(`exam-${n + 1}`, source)
      return {
        sources: [...this.#sources].map(([id, source]) => sourceSummary(source, id)),
        setAside: drop.setAside.map(({ path, reason, error }) => ({
          path,
          reason,
          code: error?.code ?? null,
        })),
      }
    })

  readonly thumbnails = (job: number): Promise<Outcome<null>> =>
    outcomeOf(async () => {
      await sendThumbnails(this.#sources, job, cancelSignal(this.#cancelled, job), this.#listen)
      return null
    })

  readonly load = (job: number, choice: SeriesChoice): Promise<Outcome<SharedVolume>> =>
    outcomeOf(async () => {
      const source = this.#source(choice.sourceId)
      const whole = this.#whole
      const id = `volume-${job}-${++this.#volumes}`
      const pace = paced()
      const listener = {
        onVolume: (volume: SharedVolume) => this.#listen({ kind: 'volume', job, volume }),
        onSlices: (volumeId: string, arrived: number, total: number) => {
          if (!pace(arrived === total || arrived === 1)) return
          this.#listen({ kind: 'slices', job, volumeId, arrived })
          this.#listen({ kind: 'progress', job, step: { name: 'read' }, fraction: arrived / total })
        },
      }
      const built =
        source.kind === 'nifti'
          ? await sharedNifti(id, source.file, listener)
          : await sharedSeries(id, seriesOf(source, choice), cancelSignal(this.#cancelled, job), listener)
      whole.release()
      this.#loaded = { choice, built, findings: new VolumeFindings() }
      return built.shared
    })

  readonly adopt = (choice: SeriesChoice, volume: SharedVolume): Promise<Outcome<null>> =>
    outcomeOf(() => {
      const source = this.#source(choice.sourceId)
      const series = source.kind === 'study' ? seriesOf(source, choice) : null
      const doubts = series?.geometry.status === 'refused' ? [] : (series?.geometry.warnings ?? [])
      this.#loaded = {
        choice,
        built: { volume: volume.ct, shared: volume, warnings: [...(series?.warnings ?? []), ...doubts] },
        findings: new VolumeFindings(),
      }
      return null
    })

  readonly analyze = (job: number, request: ExamRequest): Promise<Outcome<ExamRecord>> =>
    outcomeOf(async () => {
      const { choice, built, findings } = this.#onDesk()
      const tell = this.#progress(job)
      const signal = cancelSignal(this.#cancelled, job)
      const { record } = await analyzeSource(this.#source(choice.sourceId), request, {
        signal,
        memo: findings.memo,
        onProgress: (step, fraction) => tell(step, fraction ?? null),
        volumeOf: async () => built,
        secondVolumeOf: (series) =>
          findings.second(series.id, async () => (await buildVolume(series, { signal })).volume),
      })
      findings.use(record.results.calibration)
      return record
    })

  readonly measureVoi: ExamWorkerApi['measureVoi'] = (level, voi, isSettling) =>
    outcomeOf(() => {
      const { built, findings } = this.#onDesk()
      return liveMeasurement(built.volume, findings, level, voi, isSettling)
    })

  readonly report: ExamWorkerApi['report'] = (record, form) =>
    outcomeOf(() => madeReport(record, form, this.#loaded?.built.volume ?? null, this.#fonts))

  readonly figures: ExamWorkerApi['figures'] = (record) =>
    outcomeOf(() => madeFigures(record, this.#onDesk().built.volume))

  readonly filmstrip: ExamWorkerApi['filmstrip'] = (record) =>
    outcomeOf(() => levelPictures(record, this.#onDesk().built.volume))

  readonly sign: ExamWorkerApi['sign'] = (record, signer, text) =>
    outcomeOf(() => {
      if (text !== null) return addAddendum(record, signer, text)
      const pictures = madeFigures(record, this.#onDesk().built.volume)
      return signRecord(
        record,
        signer,
        pictures.map(({ name, bytes }) => ({ name, png: bytes })),
      )
    })

  #progress(job: number): (step: JobStep, fraction?: number | null) => void {
    const pace = paced()
    let last = ''
    return (step, fraction = null) => {
      const name = JSON.stringify(step)
      if (!pace(name !== last)) return
      last = name
      this.#listen({ kind: 'progress', job, step, fraction })
    }
  }

  #source(id: string): ExamSource {
    const source = this.#sources.get(id)
    if (source === undefined) throw new QctError('NO_CT_IMAGES', { files: 0 })
    return source
  }

  #onDesk(): Loaded {
    if (this.#loaded === null) throw new QctError('NO_CT_IMAGES', { files: 0 })
    return this.#loaded
  }
}

/** The series of a choice, or the one the program proposes. */
const seriesOf = ({ study }: Extract<ExamSource, { kind: 'study' }>, { seriesId }: SeriesChoice): CtSeries =>
  chooseSeries(study, seriesId === null ? {} : { series: seriesId }).series
