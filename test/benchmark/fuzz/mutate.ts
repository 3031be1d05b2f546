import { joinBytes } from '../../dicom/dicomBytes.ts'
import type { FuzzRandom } from './fuzzRandom.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Mutation = (bytes: Bytes, random: FuzzRandom, others: readonly Bytes[]) => Bytes

/** Where to strike: headers are small and pixels large, so half of the blows fall on the first two kilobytes. */
const place = (bytes: Bytes, random: FuzzRandom) =>
  random.below(2) === 0 ? random.below(Math.min(bytes.length, 2048)) : random.below(bytes.length)

const lengths = (bytes: Bytes) => [
  0,
  1,
  2,
  0xff,
  0x7fff,
  0xffff,
  0x7fff_ffff,
  0xffff_fffe,
  0xffff_ffff,
  0x4000,
  bytes.length,
  bytes.length - 1,
  0x1000_0000,
]

const flipBits: Mutation = (bytes, random) => {
  for (let n = 1 + random.below(8); n > 0; n--) {
    const at = place(bytes, random)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
  }
  return bytes
}
const setBytes: Mutation = (bytes, random) => {
  for (let n = 1 + random.below(4); n > 0; n--)
    bytes[place(bytes, random)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)])
  return bytes
}
const setNumber: Mutation = (bytes, random) => {
  const width = random.pick([2, 4])
  const at = place(bytes, random) & ~1
  if (at + width > bytes.length) return bytes
  const view = new DataView(bytes.buffer)
  const value = random.pick(lengths(bytes))
  if (width === 2) view.setUint16(at, value & 0xffff, random.below(4) > 0)
  else view.setUint32(at, value, random.below(4) > 0)
  return bytes
}
const truncate: Mutation = (bytes, random) => bytes.slice(0, place(bytes, random))
const remove: Mutation = (bytes, random) => {
  const at = place(bytes, random)
  return joinBytes([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(64))])
}
const repeat: Mutation = (bytes, random) => {
  const at = place(bytes, random)
  const piece = bytes.subarray(at, at + 1 + random.below(512))
  const times = 1 + random.below(8)
  return joinBytes([bytes.subarray(0, at), ...new Array(times).fill(piece), bytes.subarray(at)])
}
const splice: Mutation = (bytes, random, others) => {
  const other = random.pick(others)
  const at = place(bytes, random)
  const from = random.below(other.length)
  return joinBytes([
    bytes.subarray(0, at),
    other.subarray(from, from + random.below(4096)),
    bytes.subarray(at),
  ])
}
/** Sequences in sequences, to a depth that a recursive reader feels, with or without lengths. */
const nest: Mutation = (bytes, random) => {
  const at = random.pick([place(bytes, random), 132, 0, 330])
  const isExplicit = random.below(2) === 0
  const length = random.pick([0xffff_ffff, 0x0000_1000])
  const level = new DataView(new ArrayBuffer(isExplicit ? 20 : 16))
  level.setUint16(0, 0x0008, true)
  level.setUint16(2, 0x1140, true)
  if (isExplicit) level.setUint16(4, 0x5351) // 'SQ'
  level.setUint32(isExplicit ? 8 : 4, length, true)
  level.setUint32(isExplicit ? 12 : 8, 0xe000_fffe, true)
  level.setUint32(isExplicit ? 16 : 12, length, true)
  const levels = new Array(1 + random.below(6000)).fill(new Uint8Array(level.buffer))
  return joinBytes([bytes.subarray(0, at), ...levels, bytes.subarray(at)])
}

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  setBytes,
  setBytes,
  setNumber,
  setNumber,
  setNumber,
  truncate,
  remove,
  repeat,
  splice,
  nest,
]

/** One to four mutations of a copy of the bytes. */
export function mutate(seed: Bytes, random: FuzzRandom, others: readonly Bytes[]): Bytes {
  let bytes: Bytes = seed.slice()
  for (let n = 1 + random.below(4); n > 0 && bytes.length > 0; n--)
    bytes = random.pick(MUTATIONS)(bytes, random, others)
  return bytes
}
