import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { report } from './report.ts'

/** Reads every file whole and copies its last bytes, as many as the pixels take, into one array. */
await report(async (folder) => {
  const names = readdirSync(folder)
  const slice = 512 * 512 * 2
  const volume = new Uint8Array(names.length * slice)
  for (const [k, name] of names.entries())
    volume.set(readFileSync(join(folder, name)).subarray(-slice), k * slice)
  return volume.length / 2
})
