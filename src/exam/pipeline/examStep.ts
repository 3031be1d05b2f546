import type { VertebralLevel } from '../../core/units.ts'
import type { ExamMemo } from './examMemo.ts'

/** What an analysis is doing. */
export type ExamStep =
  | { readonly name: 'read' | 'rods' | 'levels' | 'tissues' }
  | { readonly name: 'measure'; readonly level: VertebralLevel }

/** How an analysis speaks to its caller, and how its caller stops it. */
export interface ExamHooks {
  /** Called at the start of a step and while it goes on; the fraction is from 0 to 1 where it is known. */
  readonly onProgress?: (step: ExamStep, fraction?: number) => void
  /** Looked at between steps, and between the bodies while levels are sought; the promise is then rejected with `CANCELLED`. */
  readonly signal?: AbortSignal
  /** What earlier runs found in the same volume. */
  readonly memo?: ExamMemo
}
