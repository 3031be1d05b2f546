import type { QctWarning } from '../../core/errors.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import type { ExamDecisions } from '../record/decisions.ts'
import type { DoseResult } from '../record/dose.ts'
import type { ExamInputs } from '../record/inputs.ts'
import type { SecondSeries } from './secondSeries.ts'

/** What is known of an exam beside its voxels: who, when, which series and why, and the doubts so far. */
export interface ExamContext {
  readonly study: ExamInputs['study']
  readonly patient: ExamInputs['patient']
  readonly software: ExamInputs['software']
  readonly digest: string | null
  /** Null for a NIfTI volume, and before a series is chosen. */
  readonly series: CtSeries | null
  /**
   * Every tube voltage under the SeriesInstanceUID of the measured series, of which a volume holds one; null where a
   * header does not say. Left out: that of the series alone.
   */
  readonly voltages?: readonly (number | null)[]
  /** The second series of a dual-energy pair; left out where none was asked for. */
  readonly second?: SecondSeries | null
  readonly seriesDecision: ExamDecisions['series']
  /** What the study's dose objects say; null without any. */
  readonly dose: DoseResult | null
  readonly warnings: readonly QctWarning[]
}
