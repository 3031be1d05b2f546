import type { Migration } from 'kysely/migration'
import { exams } from './0001Exams.ts'

/** Every change of the registry's tables by name, in order. A released one is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001 exams': exams,
}
