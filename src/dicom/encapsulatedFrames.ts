import { QctError } from '../core/errors.ts'
import type { ByteSource } from './byteSource.ts'

/** A stretch of a byte source. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** A fragment of encapsulated pixel data, and whether an image begins in it or ended before it. */
interface Fragment extends ByteRange {
  /** It opens with a JPEG (SOI) or JPEG 2000 (SOC) start marker. */
  readonly opensImage: boolean
  /** The fragment before it closes with an end marker (EOI, EOC). */
  readonly followsEnd: boolean
}

const ITEM = 0xfffe_e000
const SEQUENCE_END = 0xfffe_e0dd
const WINDOW = 64 * 1024

/** Reads little-endian numbers at any offset through one window, so that walking many fragments costs few reads. */
class Window {
  readonly #source: ByteSource
  #bytes: Uint8Array = new Uint8Array(0)
  #start = 0
  constructor(source: ByteSource) {
    this.#source = source
  }
  async at(offset: number, length: number): Promise<DataView | undefined> {
    if (offset < 0 || offset + length > this.#source.size) return undefined
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      this.#bytes = await this.#source.read(offset, offset + Math.max(WINDOW, length))
      this.#start = offset
      if (this.#bytes.length < length) return undefined
    }
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + offset - this.#start, length)
  }
}

async function tagAndLength(window: Window, offset: number) {
  const view = await window.at(offset, 8)
  if (view === undefined) return undefined
  return {
    tag: view.getUint16(0, true) * 0x1_0000 + view.getUint16(2, true),
    length: view.getUint32(4, true),
  }
}

/**
 * Finds which bytes belong to which frame of encapsulated pixel data.
 *
 * A basic or extended offset table is followed where there is one. Without one, a single frame takes all fragments,
 * as many fragments as frames are one each, and otherwise a frame begins where a fragment opens an image.
 *
 * @param start - Offset of the basic offset table's item.
 * @param extended - Frame offsets of the Extended Offset Table, when the data set has one.
 * @throws {QctError} `PIXELS_SHORT` when fragments reach beyond the source; `FRAMES_INCONSISTENT` when the frames
 *   cannot be told apart.
 * @see DICOM PS3.5 A.4, PS3.3 C.7.6.3.1.8
 */
export async function encapsulatedFrames(
  source: ByteSource,
  start: number,
  frames: number,
  extended: readonly number[] = [],
): Promise<readonly (readonly ByteRange[])[]> {
  const window = new Window(source)
  const head = await tagAndLength(window, start)
  if (head === undefined || head.tag !== ITEM)
    throw new QctError('FRAMES_INCONSISTENT', { announced: frames, found: 0 })
  const first = start + 8 + head.length
  if (first > source.size) throw short(first, source)

  const fragments = await readFragments(source, window, first)
  if (fragments.length === 0) throw new QctError('FRAMES_INCONSISTENT', { announced: frames, found: 0 })
  if (frames === 1) return [fragments]
  const offsets = extended.length > 0 ? extended : await basicOffsets(window, start + 8, head.length, frames)
  if (offsets.length === frames) {
    const grouped = byOffset(fragments, offsets, first)
    if (grouped !== undefined) return grouped
  }
  if (fragments.length === frames) return fragments.map((fragment) => [fragment])
  for (const isStart of [
    (fragment: Fragment) => fragment.opensImage,
    (fragment: Fragment) => fragment.opensImage && fragment.followsEnd,
  ]) {
    const grouped = split(fragments, isStart)
    if (grouped.length === frames) return grouped
  }
  const found = split(fragments, (fragment) => fragment.opensImage).length
  throw new QctError('FRAMES_INCONSISTENT', { announced: frames, found })
}

const short = (required: number, source: ByteSource) =>
  new QctError('PIXELS_SHORT', { found: source.size, required })

async function readFragments(source: ByteSource, window: Window, first: number): Promise<Fragment[]> {
  const fragments: Fragment[] = []
  let followsEnd = true
  for (let offset = first; ; ) {
    const item = await tagAndLength(window, offset)
    if (item === undefined || item.tag === SEQUENCE_END) return fragments
    const [start, end] = [offset + 8, offset + 8 + item.length]
    if (item.tag !== ITEM) return fragments
    if (end > source.size) throw short(end, source)
    const opening = item.length >= 2 ? (await window.at(start, 2))?.getUint16(0) : 0
    fragments.push({ start, end, opensImage: opening === 0xffd8 || opening === 0xff4f, followsEnd })
    followsEnd = await closesImage(window, end, item.length)
    offset = end
  }
}

/** Whether a fragment closes with FF D9, with or without the byte that pads it to even length. */
async function closesImage(window: Window, end: number, length: number): Promise<boolean> {
  if (length < 3) return false
  const tail = await window.at(end - 3, 3)
  return tail !== undefined && (tail.getUint16(1) === 0xffd9 || tail.getUint16(0) === 0xffd9)
}

async function basicOffsets(
  window: Window,
  start: number,
  length: number,
  frames: number,
): Promise<number[]> {
  if (length !== frames * 4) return []
  const offsets: number[] = []
  for (let n = 0; n < frames; n++) {
    const view = await window.at(start + 4 * n, 4)
    if (view === undefined) return []
    offsets.push(view.getUint32(0, true))
  }
  return offsets
}

/** Groups fragments by frame offsets, which count from the first fragment's item tag; undefined when they disagree. */
function byOffset(fragments: readonly Fragment[], offsets: readonly number[], first: number) {
  const starts = new Map(offsets.map((offset, frame) => [offset + first + 8, frame]))
  const grouped = split(fragments, (fragment) => starts.has(fragment.start))
  const isInOrder = grouped.every((group, frame) => group[0] && starts.get(group[0].start) === frame)
  return grouped.length === offsets.length && isInOrder ? grouped : undefined
}

function split(fragments: readonly Fragment[], isStart: (fragment: Fragment) => boolean): Fragment[][] {
  const groups: Fragment[][] = []
  for (const fragment of fragments) {
    if (groups.length === 0 || isStart(fragment)) groups.push([])
    groups.at(-1)?.push(fragment)
  }
  return groups
}
