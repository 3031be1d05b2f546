import type { NamedBlob } from '../../src/dicom/namedBlob.ts'

const ascii = new TextEncoder()
/** Value representations whose length field is 32 bits wide. */
const LONG = new Set(['OB', 'OW', 'SQ', 'UN'])

/** One element in Explicit VR Little Endian. */
function element(group: number, number: number, vr: string, value: string | number | Uint8Array): Uint8Array {
  const raw =
    typeof value === 'number'
      ? Uint8Array.of(value & 255, value >> 8)
      : typeof value === 'string'
        ? ascii.encode(value)
        : value
  const isLong = LONG.has(vr)
  const head = isLong ? 12 : 8
  const bytes = new Uint8Array(head + raw.length + (raw.length % 2))
  const view = new DataView(bytes.buffer)
  view.setUint16(0, group, true)
  view.setUint16(2, number, true)
  bytes.set(ascii.encode(vr), 4)
  if (isLong) view.setUint32(8, bytes.length - head, true)
  else view.setUint16(6, bytes.length - head, true)
  bytes.set(raw, head)
  if (raw.length % 2) bytes[bytes.length - 1] = vr === 'UI' || vr === 'OW' ? 0 : 32
  return bytes
}

/** What may differ between files of the fixture. */
export interface CtFileFacts {
  readonly z: number
  readonly patientId?: string
  readonly patientName?: string
  readonly kernel?: string
  readonly seriesInstanceUid?: string
  readonly imageType?: string
  readonly modality?: string
}

/** A CT slice of 4 × 4 pixels as a whole DICOM file, made byte by byte so that no product code takes part. */
export function ctFile(path: string, facts: CtFileFacts): NamedBlob {
  const { z, kernel = 'STANDARD', modality = 'CT' } = facts
  const seriesInstanceUid = facts.seriesInstanceUid ?? '1.2.3.4'
  const sopInstanceUid = `${seriesInstanceUid}.${Math.round(z * 10) + 1000}`
  const sopClass = '1.2.840.10008.5.1.4.1.1.2'
  const pixels = new Uint8Array(32)
  new Uint16Array(pixels.buffer).fill(1024 + z)
  const meta = [
    element(2, 2, 'UI', sopClass),
    element(2, 3, 'UI', sopInstanceUid),
    element(2, 0x10, 'UI', '1.2.840.10008.1.2.1'),
  ]
  const metaLength = meta.reduce((sum, bytes) => sum + bytes.length, 0)
  const parts = [
    new Uint8Array(128),
    ascii.encode('DICM'),
    element(2, 0, 'UL', Uint8Array.of(metaLength, 0, 0, 0)),
    ...meta,
    element(8, 8, 'CS', facts.imageType ?? 'ORIGINAL\\PRIMARY\\AXIAL'),
    element(8, 0x16, 'UI', sopClass),
    element(8, 0x18, 'UI', sopInstanceUid),
    element(8, 0x20, 'DA', '20260102'),
    element(8, 0x60, 'CS', modality),
    element(0x10, 0x10, 'PN', facts.patientName ?? 'Test^One'),
    element(0x10, 0x20, 'LO', facts.patientId ?? 'P1'),
    element(0x10, 0x30, 'DA', '19500101'),
    element(0x18, 0x50, 'DS', '1'),
    element(0x18, 0x60, 'DS', '120'),
    element(0x18, 0x1210, 'SH', kernel),
    element(0x20, 0x0d, 'UI', '1.2.3'),
    element(0x20, 0x0e, 'UI', seriesInstanceUid),
    element(0x20, 0x32, 'DS', `-2\\-2\\${z}`),
    element(0x20, 0x37, 'DS', '1\\0\\0\\0\\1\\0'),
    element(0x20, 0x52, 'UI', '1.2.3.9'),
    element(0x28, 2, 'US', 1),
    element(0x28, 4, 'CS', 'MONOCHROME2'),
    element(0x28, 0x10, 'US', 4),
    element(0x28, 0x11, 'US', 4),
    element(0x28, 0x30, 'DS', '1\\1'),
    element(0x28, 0x100, 'US', 16),
    element(0x28, 0x101, 'US', 16),
    element(0x28, 0x102, 'US', 15),
    element(0x28, 0x103, 'US', 0),
    element(0x28, 0x1052, 'DS', '-1024'),
    element(0x28, 0x1053, 'DS', '1'),
    element(0x7fe0, 0x10, 'OW', pixels),
  ]
  return { path, blob: new Blob(parts as BlobPart[]) }
}
