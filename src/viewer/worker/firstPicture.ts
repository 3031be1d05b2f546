import type { NamedBlob } from '../../dicom/namedBlob.ts'
import { readInstance } from '../../dicom/readInstance.ts'
import type { SmallPicture } from './examWorkerApi.ts'
import { slicePicture } from './smallPicture.ts'

/** Files tried until one is a CT slice: a localizer and some dose screens may come first. */
const MOST_TRIED = 12
/** Side of the picture: fills the largest pane without being finer than it. */
const LONGEST = 512

/**
 * The first CT slice among the files, as a picture, before any other file is looked at. Null when none of the first
 * files is one; what is wrong with them is said when all are opened.
 */
export async function firstPicture(files: readonly NamedBlob[]): Promise<SmallPicture | null> {
  for (const file of files.slice(0, MOST_TRIED)) {
    if (file.error !== undefined) continue
    try {
      const read = await readInstance(file)
      const frame = 'instance' in read ? read.instance.frames[0] : undefined
      if (frame !== undefined) return await slicePicture(frame, LONGEST)
    } catch {
      // Damaged or foreign: opening all files sets it aside with its reason.
    }
  }
  return null
}
