import type { ExamSource } from '../../exam/pipeline/examSource.ts'
import type { WorkerEvent } from './examWorkerApi.ts'
import { slicePicture } from './smallPicture.ts'

/** Side of a thumbnail in the series list, twice its CSS size for fine screens. */
const LONGEST = 144

/**
 * Sends the middle slice of every series as a small picture. A slice that cannot be decoded leaves its place empty.
 *
 * @throws {QctError} `CANCELLED`.
 */
export async function sendThumbnails(
  sources: ReadonlyMap<string, ExamSource>,
  job: number,
  signal: AbortSignal,
  listen: (event: WorkerEvent) => void,
): Promise<void> {
  for (const [sourceId, source] of sources) {
    if (source.kind !== 'study') continue
    for (const series of source.study.series) {
      signal.throwIfAborted()
      const frame = series.frames[series.frames.length >> 1]
      if (frame === undefined) continue
      try {
        const picture = await slicePicture(frame, LONGEST)
        listen({ kind: 'thumbnail', job, sourceId, seriesId: series.id, picture })
      } catch {
        // The series list says what is wrong with the series; a picture is not needed for that.
      }
    }
  }
}
