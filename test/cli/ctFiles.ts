/** One made-up CT slice as DICOM bytes (explicit little endian), written by hand so that any field can be made wrong. */
export interface SliceFields {
  readonly patientId?: string
  readonly studyUid?: string
  readonly seriesUid?: string
  readonly z?: number
  readonly rows?: number
  readonly columns?: number
  readonly pixelSpacing?: string
  /** Length of the pixel data in bytes; what rows × columns need unless told. */
  readonly pixelBytes?: number
}

const encoder = new TextEncoder()
const LONG_FORM = new Set(['OB', 'OW', 'UN', 'SQ'])

function element(tag: string, vr: string, value: string | Uint8Array | number): Uint8Array {
  const bytes =
    typeof value === 'number' ? unsigned16(value) : typeof value === 'string' ? encoder.encode(value) : value
  const odd = bytes.length % 2
  const head = LONG_FORM.has(vr) ? 12 : 8
  const out = new Uint8Array(head + bytes.length + odd).fill(vr === 'UI' ? 0 : 0x20)
  const view = new DataView(out.buffer)
  view.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), true)
  view.setUint16(2, Number.parseInt(tag.slice(4), 16), true)
  out.set(encoder.encode(vr), 4)
  if (LONG_FORM.has(vr)) {
    view.setUint16(6, 0, true)
    view.setUint32(8, bytes.length + odd, true)
  } else view.setUint16(6, bytes.length + odd, true)
  out.set(bytes, head)
  return out
}

const unsigned16 = (value: number) => new Uint8Array([value & 0xff, value >> 8])
const join = (parts: readonly Uint8Array[]) => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2'
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'

/** The bytes of one CT slice of 16 × 16 pixels at 1 mm, each field as wanted. */
export function ctSlice(fields: SliceFields = {}): Uint8Array {
  const { patientId = 'P1', studyUid = '1.2.3', z = 0, rows = 16, columns = 16 } = fields
  const { seriesUid = `${studyUid}.4`, pixelSpacing = '1\\1', pixelBytes = 2 * rows * columns } = fields
  const sopUid = `${seriesUid}.${Math.round(z * 1000) + 1_000_000}`
  const meta = join([
    element('00020002', 'UI', CT_IMAGE_STORAGE),
    element('00020003', 'UI', sopUid),
    element('00020010', 'UI', EXPLICIT_LITTLE_ENDIAN),
  ])
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, meta.length, true)
  return join([
    new Uint8Array(128),
    encoder.encode('DICM'),
    element('00020000', 'UL', length),
    meta,
    element('00080008', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'),
    element('00080016', 'UI', CT_IMAGE_STORAGE),
    element('00080018', 'UI', sopUid),
    element('00080020', 'DA', '20260301'),
    element('00080060', 'CS', 'CT'),
    element('00100010', 'PN', `Name^${patientId}`),
    element('00100020', 'LO', patientId),
    element('00180050', 'DS', '1'),
    element('00180060', 'DS', '120'),
    element('0020000D', 'UI', studyUid),
    element('0020000E', 'UI', seriesUid),
    element('00200032', 'DS', `0\\0\\${z}`),
    element('00200037', 'DS', '1\\0\\0\\0\\1\\0'),
    element('00200052', 'UI', '1.2.9'),
    element('00280002', 'US', 1),
    element('00280004', 'CS', 'MONOCHROME2'),
    element('00280010', 'US', rows),
    element('00280011', 'US', columns),
    element('00280030', 'DS', pixelSpacing),
    element('00280100', 'US', 16),
    element('00280101', 'US', 16),
    element('00280102', 'US', 15),
    element('00280103', 'US', 1),
    element('00281052', 'DS', '0'),
    element('00281053', 'DS', '1'),
    element('7FE00010', 'OW', new Uint8Array(pixelBytes)),
  ])
}
