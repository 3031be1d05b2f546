import type { Migration } from 'kysely/migration'
import { exams } from './0001Exams.ts'
import { calibrations } from './0002Calibrations.ts'

/** The change that adds calibrations. */
export const CALIBRATIONS = '0002 calibrations'

/** Every change of the registry's tables by name, in order. A released one is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001 exams': exams,
  [CALIBRATIONS]: calibrations,
}
