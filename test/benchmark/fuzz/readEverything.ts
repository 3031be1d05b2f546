import { QctError } from '../../../src/core/errors.ts'
import { openArchives } from '../../../src/dicom/openArchives.ts'
import { readInstances } from '../../../src/dicom/readInstances.ts'
import { isNifti, readNifti } from '../../../src/dicom/readNifti.ts'

/** What became of one file: pixels decoded, refused by codes, set aside as no CT image. */
export interface FileOutcome {
  readonly decoded: number
  readonly codes: readonly string[]
}

/** Frames of one file that are decoded; a damaged header may announce thousands. */
const MOST_FRAMES = 8

/** Codes that stand for an expected failure; anything else is thrown on. */
function codeOf(cause: unknown): string {
  if (cause instanceof QctError) return cause.code
  throw cause
}

/**
 * Does with a file all that the product does before a measurement: opens it as an archive, reads its headers, decodes
 * its frames, reads it as NIfTI.
 * @throws Whatever is no coded failure.
 */
export async function readEverything(bytes: Uint8Array<ArrayBuffer>): Promise<FileOutcome> {
  const file = { path: 'file', blob: new Blob([bytes]) }
  const codes: string[] = []
  let decoded = 0
  const opened = await openArchives([file])
  const { instances, setAside } = await readInstances(opened.files)
  for (const { error } of [...opened.setAside, ...setAside]) codes.push(error?.code ?? 'no CT image')
  for (const { frames } of instances)
    for (const frame of frames.slice(0, MOST_FRAMES)) {
      try {
        await frame.decodeInto(new Int16Array(frame.rows * frame.columns))
        decoded += 1
      } catch (cause) {
        codes.push(codeOf(cause))
      }
    }
  if (await isNifti(file.blob)) {
    try {
      const { volume } = await readNifti(file)
      decoded += volume.voxels.length > 0 ? 1 : 0
    } catch (cause) {
      codes.push(codeOf(cause))
    }
  }
  return { decoded, codes }
}
