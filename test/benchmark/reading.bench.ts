import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ctBytes } from '../dicom/dicomBytes.ts'
import type { BenchOptions } from './run.ts'

const SIDE = 512
const MIB = 1024 * 1024
/** Peak memory a series of 1 GB may need, its volume included. */
const LARGEST_PEAK_MIB = 2048
/** The readers take turns, so that whatever else the machine does falls on all of them alike. */
const ROUNDS = 3

/** What one process measured of itself. */
interface Measured {
  readonly seconds: readonly number[]
  readonly peakMib: number
}

/** Writes a plain series of int16 slices, each with its own pixels, and gives its folder. */
function writeSeries(parent: string, slices: number, seed: number): string {
  const folder = join(parent, `series-${slices}`)
  mkdirSync(folder)
  const words = new Array<number>(SIDE * SIDE)
  let state = seed >>> 0 || 1
  for (let k = 0; k < slices; k++) {
    // xorshift: noise that no reader can guess and no disk can pack
    for (let n = 0; n < words.length; n++) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      words[n] = (state >>> 21) - 1024
    }
    const file = ctBytes({
      524312: [0x0008_0018, 'UI', `1.2.3.4.${k + 1}`],
      2097171: [0x0020_0013, 'IS', `${k + 1}`],
      2097202: [0x0020_0032, 'DS', `-150\\-150\\${k}`],
      2621456: [0x0028_0010, 'US', [SIDE]],
      2621457: [0x0028_0011, 'US', [SIDE]],
      2145386512: [0x7fe0_0010, 'OW', new Uint8Array(Int16Array.from(words).buffer)],
    })
    writeFileSync(join(folder, `${k}`), file)
  }
  return folder
}

/** Runs one reader in a process of its own; undefined when it is not installed. */
function measure(command: string, words: readonly string[]): Measured | undefined {
  const { stdout, stderr, status } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: MIB })
  if (status === 0) return JSON.parse(stdout) as Measured
  if (/No module named|ENOENT/.test(stderr)) return undefined
  throw new Error(`${command}: ${stderr}`)
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/**
 * Reads 300 slices of 512² from files to a volume: ours, reading and copying the same bytes, pydicom with numpy, and
 * SimpleITK, in three rounds, each in a process of its own (one cold run and one that counts; the median of three). Then 2 000 slices
 * (1 GB) by ours. Holds when ours is ahead of both peers that are installed, and the large series stays under 2 GiB.
 */
export default async function reading({ n = 300, seed = 1 }: BenchOptions): Promise<boolean> {
  const python = process.env.QCT_PYTHON ?? 'python3'
  const parent = mkdtempSync(join(tmpdir(), 'qct-reading-'))
  const here = (file: string) => join(import.meta.dirname, 'readers', file)
  try {
    const folder = writeSeries(parent, n, seed)
    const runs: readonly (readonly [string, string, readonly string[]])[] = [
      ['Trabecula', process.execPath, [here('ours.ts'), folder, '1']],
      ['read and copy the bytes', process.execPath, [here('copy.ts'), folder, '1']],
      ['pydicom + numpy', python, [here('pydicomReader.py'), folder, '1']],
      ['SimpleITK', python, [here('simpleItkReader.py'), folder, '1']],
    ]
    const measured = new Map<string, Measured>()
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, command, words] of runs) {
        const result = measure(command, words)
        if (result === undefined) continue
        const before = measured.get(name)
        measured.set(name, {
          seconds: [...(before?.seconds ?? []), ...result.seconds],
          peakMib: Math.max(before?.peakMib ?? 0, result.peakMib),
        })
      }
    console.log(`${n} slices of ${SIDE}², ${((n * SIDE * SIDE * 2) / MIB).toFixed(0)} MiB of pixels`)
    for (const [name, result] of runs.map(([name]) => [name, measured.get(name)] as const))
      console.log(
        `  ${name.padEnd(24)} ${result === undefined ? 'not installed' : `${median(result.seconds).toFixed(2)} s   peak ${result.peakMib.toFixed(0)} MiB`}`,
      )
    const ours = measured.get('Trabecula')
    const peers = [measured.get('pydicom + numpy'), measured.get('SimpleITK')].filter(
      (peer) => peer !== undefined,
    )
    const isAhead = ours !== undefined && peers.every((peer) => median(ours.seconds) < median(peer.seconds))

    rmSync(folder, { recursive: true })
    const large = measure(process.execPath, [here('ours.ts'), writeSeries(parent, 2000, seed), '0'])
    const peak = large?.peakMib ?? Number.POSITIVE_INFINITY
    console.log(`2000 slices, 1000 MiB: peak ${peak.toFixed(0)} MiB (limit ${LARGEST_PEAK_MIB})`)
    console.log(`ahead of ${peers.length} of 2 peers: ${isAhead ? 'yes' : 'NO'}`)
    return isAhead && peak <= LARGEST_PEAK_MIB
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}
