import { type DataElement, encodeElements } from './dataElement.ts'

/** Explicit VR little endian, the one transfer syntax that is written. */
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
/** Names this writer in every file it makes; a UUID-derived UID needs no registration. @see DICOM PS3.5 annex B.2 */
const IMPLEMENTATION_CLASS_UID = '2.25.204137681127219370463862164711937425631'
const IMPLEMENTATION_VERSION = 'TRABECULA_1'
const PREAMBLE = 128

/**
 * Forms a DICOM file: preamble, file meta information, data set.
 *
 * @param dataSet - All elements but those of group 0002; SOP Class and Instance UID are taken from it.
 * @throws {RangeError} When an element cannot be encoded, or the data set has no SOP Class or Instance UID.
 * @see DICOM PS3.10 section 7.1
 */
export function part10File(dataSet: readonly DataElement[]): Uint8Array {
  const uidOf = (tag: number) => {
    const value = dataSet.find((element) => element[0] === tag)?.[2]
    if (typeof value !== 'string') throw new RangeError('a DICOM file needs SOP class and instance UIDs')
    return value
  }
  const meta = encodeElements([
    [0x00020001, 'OB', Uint8Array.of(0, 1)],
    [0x00020002, 'UI', uidOf(0x00080016)],
    [0x00020003, 'UI', uidOf(0x00080018)],
    [0x00020010, 'UI', EXPLICIT_VR_LITTLE_ENDIAN],
    [0x00020012, 'UI', IMPLEMENTATION_CLASS_UID],
    [0x00020013, 'SH', IMPLEMENTATION_VERSION],
  ])
  const groupLength = encodeElements([[0x00020000, 'UL', meta.length]])
  const body = encodeElements(dataSet)
  const file = new Uint8Array(PREAMBLE + 4 + groupLength.length + meta.length + body.length)
  file.set([0x44, 0x49, 0x43, 0x4d], PREAMBLE)
  file.set(groupLength, PREAMBLE + 4)
  file.set(meta, PREAMBLE + 4 + groupLength.length)
  file.set(body, PREAMBLE + 4 + groupLength.length + meta.length)
  return file
}
