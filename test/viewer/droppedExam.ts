import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import type { DroppedFile } from '../../src/viewer/worker/examWorkerApi.ts'

/** The coarsest pixels of clinical practice, so that an exam is made in seconds. */
const COARSE = { columns: 256, rows: 256, pixelSpacingMm: 1.5 }

/**
 * A digital exam as it would be dropped.
 *
 * @param reach - `short`: two lumbar bodies and the phantom, too little to name levels by; `whole`: from the ribs to
 *   the sacrum.
 */
export async function droppedExam(reach: 'short' | 'whole' = 'short'): Promise<DroppedFile[]> {
  const files: DroppedFile[] = []
  const { acquisition } = defaultExamParameters
  const part = reach === 'short' ? { sliceCount: 90, scanCenterZMm: 50 } : {}
  await writeExam(
    { ...defaultExamParameters, acquisition: { ...acquisition, ...COARSE, ...part } },
    async (path, bytes) => {
      files.push({ path, blob: new Blob([new Uint8Array(bytes)]) })
    },
  )
  return files
}
