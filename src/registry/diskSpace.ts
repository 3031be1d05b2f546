import { statfsSync } from 'node:fs'
import { QctError } from '../core/errors.ts'

/**
 * So much must stay free beside an embedded database. It writes its log in files of 16 MiB and needs one more to begin
 * with and one to recover; on a disk that cannot take them it waits for ever instead of failing.
 */
export const LEAST_FREE_BYTES = 64 * 2 ** 20

/**
 * Refuses to write where the disk is about to be full.
 *
 * @param folder - A folder that exists.
 * @throws {QctError} `REGISTRY_DISK_FULL`.
 */
export function refuseFullDisk(folder: string, leastFreeBytes = LEAST_FREE_BYTES): void {
  const { bavail, bsize } = statfsSync(folder)
  const freeBytes = bavail * bsize
  if (freeBytes >= leastFreeBytes) return
  const mebibytes = (bytes: number) => Math.floor(bytes / 2 ** 20)
  throw new QctError('REGISTRY_DISK_FULL', {
    folder,
    freeMib: mebibytes(freeBytes),
    neededMib: mebibytes(leastFreeBytes),
  })
}
