import { reportPopulation } from '../../core/report/population.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { acquisitionChecks, checkVerdict } from './acquisitionChecks.ts'
import { TASKS, type Task } from './viewerState.ts'

/** How a step of the exam stands: said by sign and word, never by colour alone. */
export type Standing = 'done' | 'open' | 'here' | 'doubtful' | 'refused'

/** How every step stands, from what is on screen. */
export function taskStandings(
  here: Task,
  isLoaded: boolean,
  record: ExamRecord | null,
): Record<Task, Standing> {
  return Object.fromEntries(
    TASKS.map((task) => [task, task === here ? 'here' : standingOf(task, isLoaded, record)]),
  ) as Record<Task, Standing>
}

function standingOf(task: Task, isLoaded: boolean, record: ExamRecord | null): Standing {
  if (task === 'open') return isLoaded ? 'done' : 'open'
  if (record === null) return 'open'
  switch (task) {
    case 'check': {
      const checks = acquisitionChecks(record)
      if (checkVerdict(record, checks) === 'refused') return 'refused'
      return checks.some(({ state }) => state !== 'good') ? 'doubtful' : 'done'
    }
    case 'calibration':
      return record.results.calibration.method === 'none' ? 'doubtful' : 'done'
    case 'spine': {
      if (record.status === 'refused') return 'refused'
      const { levels } = record.results.spine
      return levels.some(({ warnings, refusal }) => warnings.length > 0 || refusal !== null)
        ? 'doubtful'
        : 'done'
    }
    case 'patient':
      return isSheetAnswered(record) ? 'done' : 'open'
    case 'report':
      return record.signatures.length > 0 ? 'done' : 'open'
  }
}

/** Whether the patient is known well enough to say which rules the report follows, and why the exam was made. */
export function isSheetAnswered({ inputs: { patient } }: ExamRecord): boolean {
  return reportPopulation(patient).population !== null && patient.indication !== null
}
