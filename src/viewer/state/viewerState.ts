import type { VertebralLevel } from '../../core/units.ts'
import type { ExamDecisions } from '../../exam/record/decisions.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type {
  JobStep,
  LiveMeasurement,
  OpenedDrop,
  SeriesChoice,
  SharedVolume,
  SmallPicture,
  WorkerFailure,
} from '../worker/examWorkerApi.ts'
import { BLANK_DECISIONS, type DecidedVoi } from './decisionEdits.ts'
import { type History, historyOf } from './history.ts'

/** The steps of an exam, in the order of the rail. */
export const TASKS = ['open', 'check', 'calibration', 'spine', 'patient', 'report'] as const
/** One step of an exam. */
export type Task = (typeof TASKS)[number]

/** Something said to the user until it is dismissed or overtaken. */
export interface Notice {
  readonly id: number
  readonly tone: 'plain' | 'doubt' | 'refusal'
  readonly text: string
  /** What a button on the notice does, if it has one. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** What a click in a picture is asked for. */
export type Picking =
  | { readonly kind: 'seed'; readonly level: VertebralLevel }
  | { readonly kind: 'rod'; readonly phantom: string; readonly label: string }

/** What is running, and how far it is. */
export interface RunningJob {
  readonly step: JobStep
  readonly fraction: number | null
}

/** The one exam on screen and how it is looked at. Only `decisions` is edited; the rest follows or is view. */
export interface ViewerState {
  /** `browsing`: a drop is open and waits for a choice; `ready`: a volume is (being) shown. */
  readonly phase: 'empty' | 'opening' | 'browsing' | 'ready'
  readonly running: RunningJob | null
  readonly notices: readonly Notice[]

  readonly drop: OpenedDrop | null
  readonly firstImage: SmallPicture | null
  /** By `sourceId seriesId`. */
  readonly thumbnails: Readonly<Record<string, SmallPicture>>
  readonly choice: SeriesChoice | null
  readonly volume: SharedVolume | null
  /** Slices of the volume that are in place. */
  readonly arrived: number

  readonly decisions: History<ExamDecisions>
  /** The results of the decisions that were asked for last; of earlier decisions while `isStale`. */
  readonly record: ExamRecord | null
  readonly isStale: boolean
  /** The last record in which every route was tried; null before one was. */
  readonly comparison: ExamRecord | null
  /** The signed record whose next version is being made; null while none is. */
  readonly supersedes: ExamRecord | null
  /** The last measurement's failure where it gave no record. */
  readonly failure: WorkerFailure | null
  /** A VOI under the hand, not decided yet. */
  readonly dragged: { readonly level: VertebralLevel; readonly voi: DecidedVoi } | null
  /** Numbers of the VOI under the hand. */
  readonly live: LiveMeasurement | null
  /** What the drag measured when it was refused, for example outside the scan. */
  readonly liveFailure: WorkerFailure | null

  readonly task: Task
  readonly selectedLevel: VertebralLevel | null
  /** A region of a tissue, by its id among the shapes, that keys move on the calibration step. */
  readonly selectedRegion: string | null
  readonly crosshair: readonly [number, number, number] | null
  /** How far the oblique plane was scrolled from the middle of the VOI, in mm. */
  readonly obliqueOffsetMm: number
  readonly window: { readonly center: number; readonly width: number }
  readonly slabMm: number
  readonly picking: Picking | null
  readonly maximised: string | null
  readonly isIdentityHidden: boolean
  readonly theme: 'dark' | 'light'
  readonly isKeyListOpen: boolean

  /** The server's version; null when the viewer stands alone, undefined before it was asked. */
  readonly server: string | null | undefined
  /** Whether decisions are kept in this browser; only asked where there is no server. */
  readonly isKeptHere: boolean
  readonly saved: SaveState
}

/** How safe the decisions are. */
export type SaveState =
  | { readonly kind: 'none' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string; readonly where: 'server' | 'browser' }
  | { readonly kind: 'failed'; readonly failure: WorkerFailure }

/** What belongs to one exam; a new drop begins with it. */
export const EMPTY_EXAM = {
  phase: 'empty',
  running: null,
  drop: null,
  firstImage: null,
  thumbnails: {},
  choice: null,
  volume: null,
  arrived: 0,
  decisions: historyOf(BLANK_DECISIONS),
  record: null,
  isStale: false,
  comparison: null,
  supersedes: null,
  failure: null,
  dragged: null,
  live: null,
  liveFailure: null,
  task: 'open',
  selectedLevel: null,
  selectedRegion: null,
  crosshair: null,
  obliqueOffsetMm: 0,
  picking: null,
  maximised: null,
  saved: { kind: 'none' },
} as const satisfies Partial<ViewerState>

/** A viewer in which nothing is open. */
export const INITIAL_STATE: ViewerState = {
  ...EMPTY_EXAM,
  notices: [],
  window: { center: 300, width: 1200 },
  slabMm: 0,
  isIdentityHidden: false,
  theme: 'dark',
  isKeyListOpen: false,
  server: undefined,
  isKeptHere: false,
}
