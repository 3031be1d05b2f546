import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import type { DroppedFile } from '../../src/viewer/worker/examWorkerApi.ts'

/** A digital exam as it would be dropped: two lumbar bodies and the phantom at the coarsest pixels of practice. */
export async function droppedExam(): Promise<DroppedFile[]> {
  const files: DroppedFile[] = []
  await writeExam(
    {
      ...defaultExamParameters,
      acquisition: {
        ...defaultExamParameters.acquisition,
        columns: 256,
        rows: 256,
        pixelSpacingMm: 1.5,
        sliceCount: 90,
        scanCenterZMm: 50,
      },
    },
    async (path, bytes) => {
      files.push({ path, blob: new Blob([new Uint8Array(bytes)]) })
    },
  )
  return files
}
