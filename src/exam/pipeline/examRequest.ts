import { NO_USER_PHANTOMS, type UserPhantoms } from '../../core/calibration/userPhantoms.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type {
  AsynchronousInputs,
  DualEnergyInputs,
  TissueInputs,
  TissueRegion,
} from '../record/calibrationInputs.ts'
import { type Confirmation, type Exclusion, NO_READER_TEXT, type ReaderText } from '../record/decisions.ts'
import { type DoseDecisions, NO_DOSE_DECISIONS } from '../record/dose.ts'
import type { PatientFile } from '../record/patientFile.ts'
import type { RoiFile, SpineEntry } from '../record/roiFile.ts'
import type { RequestedCalibration } from '../record/scalars.ts'

/** What calibration by tissues rests on, and the regions a person gave; without any they are placed by the program. */
export type TissueRequest = TissueInputs & { readonly regions: readonly TissueRegion[] }

/** What the caller asks of an analysis. Every field has an answer for "not said". */
export interface ExamRequest {
  readonly calibration: RequestedCalibration
  /** Phantom model id of the library; null: the finder names it. */
  readonly phantom: string | null
  /** Phantom models and certificates that the user adds to the library. */
  readonly userPhantoms: UserPhantoms
  /** Levels to measure; null: those of the ROI file, else L1 and L2. */
  readonly levels: readonly VertebralLevel[] | null
  readonly roiFile: RoiFile | null
  /** Phantom scans kept from earlier; null: none. */
  readonly asynchronous: AsynchronousInputs | null
  /** What calibration by tissues rests on, and where they were placed by hand; null: nothing. */
  readonly tissue: TissueRequest | null
  /** The second series of a dual-energy pair; null: none. */
  readonly dualEnergy: DualEnergyInputs | null
  /** VOIs that a reader moved. Each holds for its level, wherever that level's seed came from. */
  readonly edits: readonly SpineEntry[]
  readonly exclusions: readonly Exclusion[]
  readonly patientFile: PatientFile | null
  /** SeriesInstanceUID (or series id) to measure; null: the program chooses. */
  readonly seriesUid: string | null
  readonly readerText: ReaderText
  readonly confirmations: readonly Confirmation[]
  readonly dose: DoseDecisions
}

/** An analysis of everything found, with every choice left to the program. */
export const PLAIN_REQUEST: ExamRequest = {
  calibration: 'auto',
  phantom: null,
  userPhantoms: NO_USER_PHANTOMS,
  levels: null,
  roiFile: null,
  asynchronous: null,
  tissue: null,
  dualEnergy: null,
  edits: [],
  exclusions: [],
  patientFile: null,
  seriesUid: null,
  readerText: NO_READER_TEXT,
  confirmations: [],
  dose: NO_DOSE_DECISIONS,
}

/** L1 and L2 are measured where nobody says otherwise. @see Engelke K. et al. Bone 2009;44:566 (QCT Pro: L1 + L2) */
const DEFAULT_LEVELS: readonly VertebralLevel[] = ['L1', 'L2']

/** The levels a request asks for, in the order given. */
export function requestedLevels({ levels, roiFile }: ExamRequest): readonly VertebralLevel[] {
  if (levels !== null) return levels
  const given = roiFile?.spine.map(({ level }) => level) ?? []
  return given.length > 0 ? given : DEFAULT_LEVELS
}
