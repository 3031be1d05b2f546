import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { Acquisition, PatientIdentity } from '../../dicom/ctStudy.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import type { ExamStep } from '../../exam/pipeline/examStep.ts'
import type { RoiDecision } from '../../exam/record/decisions.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { RecordWarning } from '../../exam/record/scalars.ts'
import type { Signer } from '../../exam/record/signRecord.ts'

/** A file to open: dropped here, or on the server and fetched by the worker when it opens the drop. */
export type DroppedFile =
  | { readonly path: string; readonly blob: Blob }
  | { readonly path: string; readonly url: string }

/** An expected failure on its way between worker and page. */
export interface WorkerFailure {
  /** As in `core/errors`; `CANCELLED` when it was stopped, `WORKER_LOST` when the worker died. */
  readonly code: string
  readonly message: string
}

/** The outcome of one job of the worker: expected failures are values. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: WorkerFailure }

/** A small grey picture, ready for a canvas. */
export interface SmallPicture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, opacity. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

/** One series as the list shows it. */
export interface SeriesSummary {
  readonly id: string
  readonly seriesDescription: string
  readonly seriesNumber: number | null
  readonly images: number
  readonly acquisition: Acquisition
  /** `sound`: used as it is; `resample`: used with a warning; `refused`: not measurable, `refusal` says why. */
  readonly verdict: 'sound' | 'resample' | 'refused'
  readonly refusal: WorkerFailure | null
  /** Columns, rows, slices of the volume it would become; null when refused. */
  readonly size: readonly [number, number, number] | null
  readonly sliceSpacingMm: number | null
  readonly extentMm: number | null
  readonly warnings: readonly RecordWarning[]
}

/** One exam that can be measured: a study of one patient, or a NIfTI volume. */
export interface SourceSummary {
  /** Unique within the drop. */
  readonly id: string
  readonly kind: 'study' | 'nifti'
  /** Null for a NIfTI volume, which says nothing of its patient. */
  readonly patient: PatientIdentity | null
  readonly studyInstanceUid: string
  readonly studyDate: string
  readonly studyDescription: string
  readonly series: readonly SeriesSummary[]
  /** The series the program would measure, and why; null when none can be measured. */
  readonly proposed: { readonly seriesId: string; readonly reasons: readonly string[] } | null
  readonly refusal: WorkerFailure | null
}

/** Everything found in a drop. */
export interface OpenedDrop {
  readonly sources: readonly SourceSummary[]
  readonly setAside: readonly {
    readonly path: string
    readonly reason: string
    readonly code: string | null
  }[]
}

/** A volume in shared memory: page and worker see the same voxels. */
export interface SharedVolume {
  /** Unique for these voxels. */
  readonly id: string
  readonly ct: CtVolume
  /** One byte per slice of the grid, 1 when it is in place. Shared memory. */
  readonly flags: Uint8Array
}

/** Which series of which exam. `seriesId` null: the one the program proposes (or the only volume of a NIfTI file). */
export interface SeriesChoice {
  readonly sourceId: string
  readonly seriesId: string | null
}

/** What a VOI measures, on its way to the screen while it is dragged. */
export interface LiveMeasurement {
  readonly level: VertebralLevel
  readonly meanHu: number
  readonly sdHu: number
  readonly n: number
  readonly vbmdMgPerCm3: number | null
  /** Null also until the measurement has settled. */
  readonly uncertaintyMgPerCm3: number | null
  /** Whether doubt and calibration are those of exactly this place, as the record will have them. */
  readonly isSettled: boolean
}

/** One level's small picture. */
export interface LevelPicture {
  readonly level: VertebralLevel
  readonly picture: SmallPicture
}

/** What can be made of a record. */
export type ReportForm = 'text' | 'html' | 'pdf' | 'csv' | 'doseCsv' | 'json'

/** A file made for the user. */
export interface MadeFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What the worker tells while a job runs. */
export type WorkerEvent =
  /** The files of a drop that were on the server are here now; whoever opens the drop again needs no server. */
  | { readonly kind: 'fetched'; readonly job: number; readonly files: readonly DroppedFile[] }
  | {
      readonly kind: 'progress'
      readonly job: number
      readonly step: JobStep
      readonly fraction: number | null
    }
  | { readonly kind: 'firstImage'; readonly job: number; readonly picture: SmallPicture }
  | {
      readonly kind: 'thumbnail'
      readonly job: number
      readonly sourceId: string
      readonly seriesId: string
      readonly picture: SmallPicture
    }
  /** The volume's memory is there; slices arrive in it from now on. */
  | { readonly kind: 'volume'; readonly job: number; readonly volume: SharedVolume }
  | { readonly kind: 'slices'; readonly job: number; readonly volumeId: string; readonly arrived: number }

/** What a job is doing. */
export type JobStep =
  | ExamStep
  | { readonly name: 'demo' | 'restart' | 'fetch' | 'open' | 'thumbnails' | 'report' | 'figures' }

/** The exam worker as the page sees it through Comlink. Jobs run one after the other. */
export interface ExamWorkerApi {
  /**
   * Sets the worker up; once, before anything else.
   * @param cancelled - Shared: jobs with a number up to the one in it are to stop.
   * @param life - Name of a lock that the worker holds as long as it lives: whoever waits for it learns of its death.
   */
  readonly connect: (
    cancelled: Int32Array,
    listen: (event: WorkerEvent) => void,
    life: string,
  ) => Promise<void>
  /** Files of a drop that is about to be opened, a few at a time: the worker begins to read them. */
  readonly bring: (files: readonly DroppedFile[], isFirst: boolean) => Promise<Outcome<null>>
  /** Opens a drop; pictures and thumbnails come as events. */
  readonly open: (job: number, files: readonly DroppedFile[]) => Promise<Outcome<OpenedDrop>>
  /** Sends a thumbnail of every series of the drop as events. */
  readonly thumbnails: (job: number) => Promise<Outcome<null>>
  /** Decodes a series into shared memory; the volume comes as an event before its slices. */
  readonly load: (job: number, choice: SeriesChoice) => Promise<Outcome<SharedVolume>>
  /** After the worker was replaced: takes over a volume that an earlier worker decoded whole. */
  readonly adopt: (choice: SeriesChoice, volume: SharedVolume) => Promise<Outcome<null>>
  /** Measures the loaded volume from a request: the same pipeline as the command line's. */
  readonly analyze: (job: number, request: ExamRequest) => Promise<Outcome<ExamRecord>>
  /** Numbers of one VOI with the last analysis's calibration. */
  readonly measureVoi: (
    level: VertebralLevel,
    voi: NonNullable<RoiDecision['voi']>,
    isSettling: boolean,
  ) => Promise<Outcome<LiveMeasurement>>
  readonly report: (record: ExamRecord, form: ReportForm) => Promise<Outcome<MadeFile>>
  readonly figures: (record: ExamRecord) => Promise<Outcome<readonly MadeFile[]>>
  /** One small sagittal picture with its VOI for every level that has one. */
  readonly filmstrip: (record: ExamRecord) => Promise<Outcome<readonly LevelPicture[]>>
  /** The record signed with the hashes of its figures; `text` null signs the report, else an addendum to it. */
  readonly sign: (record: ExamRecord, signer: Signer, text: string | null) => Promise<Outcome<ExamRecord>>
}
