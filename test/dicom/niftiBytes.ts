/** What a test says of a NIfTI-1 file. Everything has a plain value unless given. */
export interface NiftiTest {
  readonly size?: readonly number[]
  readonly datatype?: number
  readonly bitsPerVoxel?: number
  readonly spacing?: readonly [number, number, number]
  /** −1 when the qform's third axis is turned round. */
  readonly qfac?: 1 | -1
  readonly slope?: number
  readonly intercept?: number
  readonly units?: number
  readonly qform?: {
    readonly b: number
    readonly c: number
    readonly d: number
    readonly offset: readonly [number, number, number]
  }
  readonly sform?: readonly (readonly [number, number, number, number])[]
  readonly isLittle?: boolean
  readonly magic?: string
}

/** A NIfTI-1 header of 352 bytes, then the voxel bytes. @see nifti1.h */
export function niftiBytes(voxels: Uint8Array, test: NiftiTest = {}): Uint8Array<ArrayBuffer> {
  const {
    size = [3, 2, 2],
    datatype = 4,
    bitsPerVoxel = 16,
    spacing = [1, 1, 1],
    qfac = 1,
    isLittle = true,
  } = test
  const bytes = new Uint8Array(352 + voxels.length)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, 348, isLittle)
  view.setInt16(40, size.length, isLittle)
  for (let n = 1; n < 8; n++) view.setInt16(40 + 2 * n, size[n - 1] ?? 1, isLittle)
  view.setInt16(70, datatype, isLittle)
  view.setInt16(72, bitsPerVoxel, isLittle)
  view.setFloat32(76, qfac, isLittle)
  for (const [n, length] of spacing.entries()) view.setFloat32(80 + 4 * n, length, isLittle)
  view.setFloat32(108, 352, isLittle)
  view.setFloat32(112, test.slope ?? 1, isLittle)
  view.setFloat32(116, test.intercept ?? 0, isLittle)
  view.setUint8(123, test.units ?? 2)
  if (test.qform !== undefined) {
    const { b, c, d, offset } = test.qform
    view.setInt16(252, 1, isLittle)
    for (const [n, value] of [b, c, d, ...offset].entries()) view.setFloat32(256 + 4 * n, value, isLittle)
  }
  if (test.sform !== undefined) {
    view.setInt16(254, 1, isLittle)
    for (const [n, value] of test.sform.flat().entries()) view.setFloat32(280 + 4 * n, value, isLittle)
  }
  bytes.set(new TextEncoder().encode(test.magic ?? 'n+1'), 344)
  bytes.set(voxels, 352)
  return bytes
}

/** Bytes packed by gzip. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}
