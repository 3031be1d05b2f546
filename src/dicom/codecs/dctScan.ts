import type { BitReader, HuffmanTable } from './huffmanReader.ts'

/** One scan of a single-component DCT image: which coefficients it carries, to which bit. */
export interface DctScan {
  readonly isProgressive: boolean
  readonly spectralStart: number
  readonly spectralEnd: number
  /** Bit position this scan refines from (0 for a first pass), and the one it reaches. */
  readonly approximationHigh: number
  readonly approximationLow: number
  readonly dcTable: HuffmanTable | undefined
  readonly acTable: HuffmanTable | undefined
  /** Blocks between restart markers; 0 for none. */
  readonly restartInterval: number
}

/**
 * Decodes one scan into the coefficients of all blocks, each 64 in zigzag order.
 *
 * A scan of one component is not interleaved: its unit is one block, in raster order.
 * @throws RangeError where the bits are no valid scan or end early.
 * @see ITU-T T.81 F.2, G.1, G.2
 */
export function decodeScan(reader: BitReader, scan: DctScan, coefficients: Int16Array): void {
  const blocks = coefficients.length / 64
  const unit = unitOf(scan)
  let state: ScanState = { predictor: 0, endOfBandRun: 0 }
  for (let block = 0; block < blocks; block++) {
    if (scan.restartInterval > 0 && block > 0 && block % scan.restartInterval === 0) {
      reader.restart()
      state = { predictor: 0, endOfBandRun: 0 }
    }
    unit(reader, scan, coefficients.subarray(block * 64, block * 64 + 64), state)
  }
  if (reader.isOverrun) throw new RangeError('scan ends early')
}

/** What one block hands on to the next. */
interface ScanState {
  predictor: number
  endOfBandRun: number
}

type Unit = (reader: BitReader, scan: DctScan, block: Int16Array, state: ScanState) => void

function unitOf(scan: DctScan): Unit {
  if (!scan.isProgressive) return sequential
  if (scan.spectralStart === 0) return scan.approximationHigh === 0 ? dcFirst : dcRefine
  return scan.approximationHigh === 0 ? acFirst : acRefine
}

function tableOf(table: HuffmanTable | undefined): HuffmanTable {
  if (table === undefined) throw new RangeError('Huffman table missing')
  return table
}

const sequential: Unit = (reader, scan, block, state) => {
  state.predictor += reader.signed(reader.symbol(tableOf(scan.dcTable)) & 15)
  block[0] = state.predictor
  const table = tableOf(scan.acTable)
  for (let k = 1; k < 64; k++) {
    const symbol = reader.symbol(table)
    const [run, size] = [symbol >> 4, symbol & 15]
    if (size === 0) {
      if (run < 15) return
      k += 15
      continue
    }
    k += run
    if (k > 63) throw new RangeError('coefficient beyond the block')
    block[k] = reader.signed(size)
  }
}

const dcFirst: Unit = (reader, scan, block, state) => {
  state.predictor += reader.signed(reader.symbol(tableOf(scan.dcTable)) & 15)
  block[0] = state.predictor << scan.approximationLow
}

const dcRefine: Unit = (reader, scan, block) => {
  if (reader.bits(1) === 1) block[0] = (block[0] as number) | (1 << scan.approximationLow)
}

const acFirst: Unit = (reader, scan, block, state) => {
  if (state.endOfBandRun > 0) {
    state.endOfBandRun -= 1
    return
  }
  const table = tableOf(scan.acTable)
  for (let k = scan.spectralStart; k <= scan.spectralEnd; k++) {
    const symbol = reader.symbol(table)
    const [run, size] = [symbol >> 4, symbol & 15]
    if (size === 0) {
      if (run < 15) {
        state.endOfBandRun = (1 << run) - 1 + reader.bits(run)
        return
      }
      k += 15
      continue
    }
    k += run
    if (k > scan.spectralEnd) throw new RangeError('coefficient beyond the band')
    block[k] = reader.signed(size) << scan.approximationLow
  }
}

const acRefine: Unit = (reader, scan, block, state) => {
  const bit = 1 << scan.approximationLow
  const { spectralEnd } = scan
  const table = tableOf(scan.acTable)
  let k = scan.spectralStart
  const refine = () => {
    const value = block[k] as number
    if (reader.bits(1) === 1 && (Math.abs(value) & bit) === 0) block[k] = value + (value > 0 ? bit : -bit)
  }
  if (state.endOfBandRun === 0) {
    while (k <= spectralEnd) {
      const symbol = reader.symbol(table)
      const [run, size] = [symbol >> 4, symbol & 15]
      if (size === 0 && run < 15) {
        state.endOfBandRun = (1 << run) + reader.bits(run)
        break
      }
      if (size > 1) throw new RangeError('refinement by more than a bit')
      const added = size === 0 ? 0 : reader.bits(1) === 1 ? bit : -bit
      let zeros = run
      for (; k <= spectralEnd; k++) {
        if (block[k] !== 0) refine()
        else if (zeros === 0) break
        else zeros -= 1
      }
      if (added !== 0) {
        if (k > spectralEnd) throw new RangeError('coefficient beyond the band')
        block[k] = added
      }
      k += 1
    }
  }
  if (state.endOfBandRun > 0) {
    for (; k <= spectralEnd; k++) if (block[k] !== 0) refine()
    state.endOfBandRun -= 1
  }
}
