import { sql } from 'kysely'
import type { Registry } from '../registry/openRegistry.ts'

/** How often the embedded database's log is cut, in ms. */
const EVERY_MS = 10 * 60_000

/**
 * Has the embedded database write a checkpoint now and then, and gives what ends that.
 *
 * PGlite is a single process and begins none by itself before it is closed: its log would grow for as long as the
 * server runs, and all of it would be read again after a crash.
 */
export function keepLogShort(
  { engine, database }: Pick<Registry, 'engine' | 'database'>,
  everyMs = EVERY_MS,
): () => void {
  if (engine !== 'PGlite') return () => undefined
  const timer = setInterval(() => {
    // A checkpoint that fails costs nothing but space; the next one cuts the log further back.
    void sql`checkpoint`.execute(database).catch(() => undefined)
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
