import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { ExamRecord } from '../record/examRecord.ts'

/** One picture of the result as a PNG file. */
export interface ExamFigure {
  readonly name: string
  readonly png: Uint8Array
}

/** The figures. */
export function examFigures(_volume: CtVolume, _record: ExamRecord): ExamFigure[] {
  return []
}
