import type { DroppedFile } from '../../worker/examWorkerApi.ts'

/**
 * The files of a drop, folders walked through to their end. Entries are taken from the event at once: a browser
 * empties it when its handler returns.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return [...transfer.files].map((blob) => ({ path: blob.name, blob }))
  const files: DroppedFile[] = []
  for (const entry of entries) await walk(entry, files)
  return files
}

/** The files of a file dialog; a chosen folder gives paths from itself. */
export const chosenFiles = (list: Iterable<File>): DroppedFile[] =>
  [...list].map((blob) => ({ path: blob.webkitRelativePath || blob.name, blob }))

async function walk(entry: FileSystemEntry, files: DroppedFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '')
  if (isFile(entry)) {
    files.push({ path, blob: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) })
    return
  }
  if (!isDirectory(entry)) return
  const reader = entry.createReader()
  for (;;) {
    // A reader gives a folder in portions; an empty one is the end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (portion.length === 0) return
    for (const inner of portion) await walk(inner, files)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
