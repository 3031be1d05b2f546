import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import type { RecordWarning } from '../../../exam/record/scalars.ts'

const OURS = /^(ROD|RODS|CALIBRATION|NO_CALIBRATION|PHANTOM)(_|$)/

/** The doubts of an exam that speak of phantom, rods or line, each once, with the levels it was raised for. */
export function calibrationDoubts({ results }: ExamRecord): RecordWarning[] {
  const levelsOf = new Map<string, { warning: RecordWarning; levels: string[] }>()
  for (const { level, warnings } of results.spine.levels)
    for (const warning of warnings) {
      if (!OURS.test(warning.code)) continue
      const key = `${warning.code} ${warning.message}`
      const known = levelsOf.get(key)
      if (known === undefined) levelsOf.set(key, { warning, levels: [level] })
      else known.levels.push(level)
    }
  return [
    ...results.warnings.filter(({ code }) => OURS.test(code)),
    ...[...levelsOf.values()].map(({ warning, levels }) => ({
      code: warning.code,
      message: `${levels.join(', ')}: ${warning.message}`,
    })),
  ]
}
