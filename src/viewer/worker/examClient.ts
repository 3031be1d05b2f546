import type { VertebralLevel } from '../../core/units.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import type { RoiDecision } from '../../exam/record/decisions.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { Signer } from '../../exam/record/signRecord.ts'
import type {
  DroppedFile,
  LevelPicture,
  LiveMeasurement,
  MadeFile,
  OpenedDrop,
  Outcome,
  ReportForm,
  SeriesChoice,
  SharedVolume,
  WorkerEvent,
} from './examWorkerApi.ts'
import { cancelUpTo, makeCancelFlag } from './sharedCancel.ts'
import { WorkerLink, type WorkerMaker } from './workerLink.ts'

type Voi = NonNullable<RoiDecision['voi']>

/** What the page is told beside the outcomes of its calls. */
export interface ExamClientListener {
  readonly onEvent: (event: WorkerEvent) => void
  /** The worker died; another one is being made ready. */
  readonly onLost: () => void
  /** The worker died and another one took its place; files and volume are at its hand again. */
  readonly onRecovered: (isWhole: boolean) => void
}

/** A job that was asked to stop and is deep in one computation is ended with its worker after this, ms. */
const PATIENCE_MS = 1200

/** A hand that has not moved for so long rests: its number settles, ms. */
const REST_MS = 40

/** A worker that dies this often does so for a reason that another one would meet too. */
const MOST_REPLACED = 8

/**
 * The page's side of the exam worker. It keeps what a new worker needs (the files, the choice of series, the volume's
 * shared memory), so that the death of a worker costs the running job and nothing else.
 */
export class ExamClient {
  readonly #make: WorkerMaker
  readonly #listener: ExamClientListener
  readonly #cancelled = makeCancelFlag()
  #link: WorkerLink
  #job = 0
  #running = 0
  #files: readonly DroppedFile[] = []
  #choice: SeriesChoice | null = null
  #volume: SharedVolume | null = null
  #queue: Promise<unknown> = Promise.resolve()
  #isMeasuring = false
  #wanted: (() => void) | null = null
  #replaced = 0

  constructor(make: WorkerMaker, listener: ExamClientListener) {
    this.#make = make
    this.#listener = listener
    this.#link = this.#newLink()
  }

  /** Gives the worker files of a drop that is about to be opened, so that it begins to read them. */
  bring(files: readonly DroppedFile[], isFirst: boolean): void {
    void this.#link.call((api) => api.bring(files, isFirst))
  }

  /** Opens a drop in the place of what was open. */
  open(files: readonly DroppedFile[]): Promise<Outcome<OpenedDrop>> {
    this.cancel()
    return this.#inTurn(async (job) => {
      this.#files = files
      this.#choice = null
      this.#volume = null
      return this.#link.call((api) => api.open(job, files))
    })
  }

  /** Asks for the thumbnails of the open drop, beside other jobs. */
  async thumbnails(): Promise<void> {
    const job = this.#nextJob()
    await this.#link.call((api) => api.thumbnails(job))
  }

  /** Decodes a series; its volume comes as an event as soon as its memory is there. */
  load(choice: SeriesChoice): Promise<Outcome<SharedVolume>> {
    return this.#inTurn(async (job) => {
      const loaded = await this.#link.call((api) => api.load(job, choice))
      if (loaded.ok) {
        this.#choice = choice
        this.#volume = loaded.value
      }
      return loaded
    })
  }

  /** Measures the loaded volume. */
  analyze(request: ExamRequest): Promise<Outcome<ExamRecord>> {
    return this.#inTurn((job) => this.#link.call((api) => api.analyze(job, request)))
  }

  /** One form of a record's report. */
  report(record: ExamRecord, form: ReportForm): Promise<Outcome<MadeFile>> {
    return this.#inTurn(() => this.#link.call((api) => api.report(record, form)))
  }

  /** The figures of a record as PNG files. */
  figures(record: ExamRecord): Promise<Outcome<readonly MadeFile[]>> {
    return this.#inTurn(() => this.#link.call((api) => api.figures(record)))
  }

  /** One small picture for every level with a VOI. */
  filmstrip(record: ExamRecord): Promise<Outcome<readonly LevelPicture[]>> {
    return this.#inTurn(() => this.#link.call((api) => api.filmstrip(record)))
  }

  /** The record signed, or with an addendum. */
  sign(record: ExamRecord, signer: Signer, text: string | null): Promise<Outcome<ExamRecord>> {
    return this.#inTurn(() => this.#link.call((api) => api.sign(record, signer, text)))
  }

  /**
   * Measures a VOI while it is dragged. Only the latest VOI is measured; an older one that waits is dropped, and when
   * no newer one comes for a moment the numbers settle to those of the record.
   */
  measureLive(level: VertebralLevel, voi: Voi, show: (measured: Outcome<LiveMeasurement>) => void): void {
    this.#wanted = async () => {
      this.#isMeasuring = true
      const quick = await this.#link.call((api) => api.measureVoi(level, voi, false))
      show(quick)
      if (quick.ok && !quick.value.isSettled) await this.#aRest()
      if (this.#wanted === null && quick.ok && !quick.value.isSettled) {
        const settled = await this.#link.call((api) => api.measureVoi(level, voi, true))
        if (this.#wanted === null) show(settled)
      }
      this.#isMeasuring = false
      this.#nextWanted()
    }
    this.#nextWanted()
  }

  /** Asks every job so far to stop; a job that does not hear it is ended with its worker. */
  cancel(): void {
    const job = this.#job
    cancelUpTo(this.#cancelled, job)
    if (this.#running === 0) return
    const link = this.#link
    setTimeout(() => {
      if (link !== this.#link || this.#running === 0 || this.#running > job) return
      link.end()
      void this.#replace(false)
    }, PATIENCE_MS)
  }

  /** Ends the worker for good. */
  end(): void {
    cancelUpTo(this.#cancelled, this.#job)
    this.#link.end()
  }

  /** Waits until a hand has rested for a moment, or wants a newer VOI measured: settling would make that one wait. */
  async #aRest(): Promise<void> {
    const end = performance.now() + REST_MS
    while (this.#wanted === null && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, REST_MS / 8))
  }

  #nextWanted(): void {
    if (this.#isMeasuring) return
    const next = this.#wanted
    this.#wanted = null
    next?.()
  }

  #nextJob(): number {
    this.#job += 1
    return this.#job
  }

  /** Jobs one after the other; a number is drawn when the job is asked for, so that a cancel before its turn holds. */
  #inTurn<T>(run: (job: number) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const job = this.#nextJob()
    const turn = this.#queue.then(async () => {
      this.#running = job
      try {
        return await run(job)
      } finally {
        this.#running = 0
      }
    })
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  #newLink(): WorkerLink {
    return new WorkerLink(
      this.#make,
      this.#cancelled,
      (event) => {
        if (event.kind === 'fetched') this.#files = event.files
        else this.#listener.onEvent(event)
      },
      () => {
        this.#listener.onLost()
        void this.#replace(true)
      },
    )
  }

  /** A new worker in the place of a lost one, with the files opened and the volume taken over. */
  async #replace(isTold: boolean): Promise<void> {
    this.#replaced += 1
    if (this.#replaced > MOST_REPLACED) return this.#listener.onRecovered(false)
    const link = this.#newLink()
    this.#link = link
    const files = this.#files
    const choice = this.#choice
    const volume = this.#volume
    const restored = this.#inTurn<null>(async (job) => {
      if (files.length === 0) return { ok: true, value: null }
      const opened = await link.call((api) => api.open(job, files))
      if (!opened.ok) return opened
      return choice === null || volume === null
        ? { ok: true, value: null }
        : link.call((api) => api.adopt(choice, volume))
    })
    const outcome = await restored
    if (isTold && link === this.#link) this.#listener.onRecovered(outcome.ok)
  }
}
