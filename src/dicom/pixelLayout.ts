import { QctError } from '../core/errors.ts'
import { type Attributes, forMessage, numberOf, textOf, wordOf } from './attributes.ts'
import { TAG } from './tags.ts'

/** How the pixels of one frame are stored. */
export interface PixelLayout {
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly highBit: number
  readonly pixelRepresentation: 'signed' | 'unsigned'
  /** Stored values that mean "not measured", both ends included. */
  readonly padding?: { readonly low: number; readonly high: number }
}

/**
 * No CT matrix is larger: photon-counting scanners reconstruct 2048². A bound keeps a header's claim from becoming
 * memory before a pixel was seen.
 */
export const LARGEST_MATRIX = 4096

/** Reads a stored word as the two's complement or unsigned number that PixelRepresentation says it is. */
const asStored = (word: number, isSigned: boolean) => (isSigned && word > 0x7fff ? word - 0x1_0000 : word)

/**
 * How the pixels of an image are stored, from its Image Pixel module.
 *
 * @throws {QctError} `HEADER_VALUE_INVALID` for sizes or bit counts that cannot be; `FRAME_TOO_LARGE` beyond
 *   4096 a side; `PIXELS_UNSUPPORTED` for colour or more than 16 bits.
 * @see DICOM PS3.3 C.7.6.3.1, C.7.5.1.1.2
 */
export function pixelLayoutOf(attributes: Attributes): PixelLayout {
  const word = (name: keyof typeof TAG, label: string) => {
    const value = wordOf(attributes, TAG[name])
    if (value === undefined)
      throw new QctError('HEADER_VALUE_INVALID', { attribute: label, found: 'nothing' })
    return value
  }
  const rows = word('rows', 'Rows')
  const columns = word('columns', 'Columns')
  if (rows === 0 || columns === 0)
    throw new QctError('HEADER_VALUE_INVALID', {
      attribute: 'Rows and Columns',
      found: `${rows} and ${columns}`,
    })
  if (rows > LARGEST_MATRIX || columns > LARGEST_MATRIX)
    throw new QctError('FRAME_TOO_LARGE', { columns, rows, limit: LARGEST_MATRIX })

  const samplesPerPixel = wordOf(attributes, TAG.samplesPerPixel) ?? 1
  const bitsAllocated = word('bitsAllocated', 'Bits Allocated')
  const bitsStored = wordOf(attributes, TAG.bitsStored) ?? bitsAllocated
  const isSupported = samplesPerPixel === 1 && (bitsAllocated === 8 || bitsAllocated === 16)
  if (!isSupported) throw new QctError('PIXELS_UNSUPPORTED', { samplesPerPixel, bitsAllocated, bitsStored })
  const highBit = wordOf(attributes, TAG.highBit) ?? bitsStored - 1
  if (bitsStored === 0 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit < bitsStored - 1)
    throw new QctError('HEADER_VALUE_INVALID', {
      attribute: 'Bits Allocated, Bits Stored, High Bit',
      found: `${bitsAllocated}, ${bitsStored}, ${highBit}`,
    })
  const representation = word('pixelRepresentation', 'Pixel Representation')
  if (representation > 1)
    throw new QctError('HEADER_VALUE_INVALID', {
      attribute: 'Pixel Representation',
      found: `${representation}`,
    })
  const isSigned = representation === 1
  const padding = paddingOf(attributes, isSigned)
  return {
    rows,
    columns,
    bitsAllocated: bitsAllocated === 8 ? 8 : 16,
    bitsStored,
    highBit,
    pixelRepresentation: isSigned ? 'signed' : 'unsigned',
    ...(padding && { padding }),
  }
}

/** Padding is a raw word in the byte order of the data set; whether it is signed, the pixels say and not its own VR. */
function paddingOf(attributes: Attributes, isSigned: boolean) {
  const value = wordOf(attributes, TAG.pixelPaddingValue)
  if (value === undefined) return undefined
  const limit = wordOf(attributes, TAG.pixelPaddingRangeLimit) ?? value
  const [a, b] = [asStored(value, isSigned), asStored(limit, isSigned)]
  return { low: Math.min(a, b), high: Math.max(a, b) }
}

/**
 * NumberOfFrames of an image; 1 when the attribute is absent.
 *
 * @throws {QctError} `HEADER_VALUE_INVALID` when it is present and no positive whole number.
 */
export function numberOfFrames(attributes: Attributes): number {
  const text = textOf(attributes, TAG.numberOfFrames)
  if (text === '') return 1
  const frames = numberOf(attributes, TAG.numberOfFrames)
  if (frames === undefined || !Number.isInteger(frames) || frames < 1)
    throw new QctError('HEADER_VALUE_INVALID', { attribute: 'Number of Frames', found: forMessage(text) })
  return frames
}
