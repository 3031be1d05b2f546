import { describe, expect, it } from 'vitest'
import { indexPoint } from '../../src/core/geometry/lps.ts'
import { toLps } from '../../src/core/geometry/volumeGeometry.ts'
import { isNifti, readNifti } from '../../src/dicom/readNifti.ts'
import { ctBytes, named } from './dicomBytes.ts'
import { gzip, type NiftiTest, niftiBytes } from './niftiBytes.ts'

const words = Int16Array.from([-1000, 0, 40, 300, 1, 2, 3, 4, 5, 6, 7, 8])
const raw = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer)
const IDENTITY: NiftiTest = {
  sform: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
  ],
}
const read = (test: NiftiTest, voxels: Uint8Array<ArrayBuffer> = raw(words)) =>
  readNifti(named(niftiBytes(voxels, test)))
const codeOf = (test: NiftiTest, voxels?: Uint8Array<ArrayBuffer>) =>
  read(test, voxels).then(
    () => 'read',
    (error) => error.code,
  )

describe('the grid of a NIfTI volume', () => {
  it('turns right–anterior–superior into left–posterior–superior', async () => {
    const { volume } = await read({
      sform: [
        [2, 0, 0, -10],
        [0, 3, 0, -20],
        [0, 0, 4, 30],
      ],
    })
    // voxel (1, 1, 1) is at R −8, A −17, S 34
    expect(toLps(volume.geometry, indexPoint(1, 1, 1))).toEqual([8, 17, 34])
    expect(volume.geometry.spacing).toEqual([2, 3, 4])
  })

  it.each([
    [
      'x',
      [
        [-2, 0, 0, 10],
        [0, 3, 0, -20],
        [0, 0, 4, 30],
      ],
      [-8, 17, 34],
    ],
    [
      'y',
      [
        [2, 0, 0, -10],
        [0, -3, 0, 20],
        [0, 0, 4, 30],
      ],
      [8, -17, 34],
    ],
    [
      'z',
      [
        [2, 0, 0, -10],
        [0, 3, 0, -20],
        [0, 0, -4, 30],
      ],
      [8, 17, 26],
    ],
    [
      'all, and swapped axes',
      [
        [0, 0, -2, 10],
        [0, -3, 0, 20],
        [-4, 0, 0, 30],
      ],
      [-8, -17, 26],
    ],
  ] as const)('keeps the world when %s runs the other way', async (_, sform, expected) => {
    const { volume } = await read({ sform })
    expect(toLps(volume.geometry, indexPoint(1, 1, 1))).toEqual(expected)
    expect(Array.from(volume.voxels)).toEqual(Array.from(words)) // voxels stay in their order
  })

  it('reads the qform, turned by its quaternion and mirrored by qfac', async () => {
    // 90° about z: x' = −y, y' = x. b = c = 0, d = sin 45°
    const qform = { b: 0, c: 0, d: Math.SQRT1_2, offset: [5, 6, 7] } as const
    const { volume } = await read({ qform, spacing: [2, 3, 4], qfac: -1 })
    // voxel (1, 1, 1): R = 5 − 3, A = 6 + 2, S = 7 − 4
    const at = toLps(volume.geometry, indexPoint(1, 1, 1))
    for (const [n, value] of [-2, -8, 3].entries()) expect(at[n]).toBeCloseTo(value, 5) // quaternion in float32
  })

  it('reads a qform whose quaternion is rounded beyond unit length', async () => {
    const { volume } = await read({
      qform: { b: 1.0000001, c: 0, d: 0, offset: [0, 0, 0] },
      spacing: [1, 2, 3],
    })
    // half a turn about x: (R, A, S) = (1, −2, −3), so L P S = (−1, 2, −3)
    expect(toLps(volume.geometry, indexPoint(1, 1, 1)).map((value) => Math.round(value * 1e5) / 1e5)).toEqual(
      [-1, 2, -3],
    )
  })

  it('prefers the sform, and says when the qform is another', async () => {
    const qform = { b: 0, c: 0, d: 0, offset: [0, 0, 0] } as const
    const agree = await read({ ...IDENTITY, qform })
    expect(agree.warnings).toEqual([])
    const differ = await read({
      sform: [
        [-1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ],
      qform,
    })
    expect(differ.warnings.map(({ code }) => code)).toEqual(['NIFTI_FORMS_DIFFER'])
    expect(toLps(differ.volume.geometry, indexPoint(1, 0, 0))[0]).toBe(1)
  })

  it('reads metres and micrometres as millimetres', async () => {
    const sform = [
      [0.001, 0, 0, 0],
      [0, 0.002, 0, 0],
      [0, 0, 0.003, 0],
    ] as const
    const { volume } = await read({ sform, units: 1 })
    for (const [n, value] of [1, 2, 3].entries()) expect(volume.geometry.spacing[n]).toBeCloseTo(value, 6) // float32
  })

  it('refuses skewed axes, no orientation and voxels without size', async () => {
    expect(
      await codeOf({
        sform: [
          [1, 0, 0, 0],
          [0, 1, 0.3, 0],
          [0, 0, 1, 0],
        ],
      }),
    ).toBe('NIFTI_AXES_SKEWED')
    expect(await codeOf({})).toBe('NIFTI_ORIENTATION_MISSING')
    expect(
      await codeOf({
        sform: [
          [0, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      }),
    ).toBe('NIFTI_DAMAGED')
    expect(
      await codeOf({
        sform: [
          [Number.NaN, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      }),
    ).toBe('NIFTI_DAMAGED')
  })
})

describe('the voxels of a NIfTI volume', () => {
  const values = Array.from(words)
  it.each<[string, number, number, Uint8Array<ArrayBuffer>, string]>([
    ['int16', 4, 16, raw(words), 'Int16Array'],
    ['uint16', 512, 16, raw(Uint16Array.from(words)), 'Uint16Array'],
    ['float32', 16, 32, raw(Float32Array.from(words)), 'Float32Array'],
    ['float64', 64, 64, raw(Float64Array.from(words)), 'Int16Array'],
    ['int32', 8, 32, raw(Int32Array.from(words)), 'Int16Array'],
    ['int64', 1024, 64, raw(BigInt64Array.from(words, BigInt)), 'Int16Array'],
  ])('of %s are kept exactly', async (_, datatype, bitsPerVoxel, bytes, kept) => {
    const { volume } = await read({ ...IDENTITY, datatype, bitsPerVoxel }, bytes)
    expect(volume.voxels.constructor.name).toBe(kept)
    expect(Array.from(volume.voxels)).toEqual(
      kept === 'Uint16Array' ? Array.from(Uint16Array.from(words)) : values,
    )
  })

  it('keep their scale as slope and intercept', async () => {
    const { volume } = await read({ ...IDENTITY, slope: 0.5, intercept: -1024.25 })
    expect(volume.rescale).toEqual({ slope: 0.5, intercept: -1024.25 })
  })

  it.each([0, Number.NaN])('are unscaled when the slope is %s', async (slope) => {
    expect((await read({ ...IDENTITY, slope, intercept: 7 })).volume.rescale).toEqual({
      slope: 1,
      intercept: 0,
    })
  })

  it('are swapped from big endian', async () => {
    const bytes = raw(words.slice())
    for (let n = 0; n < bytes.length; n += 2) bytes.subarray(n, n + 2).reverse()
    expect(Array.from((await read({ ...IDENTITY, isLittle: false }, bytes)).volume.voxels)).toEqual(values)
  })

  it('that are no number become padding, with a warning', async () => {
    const floats = Float32Array.from(words)
    floats[3] = Number.NaN
    floats[5] = Number.POSITIVE_INFINITY
    const { volume, warnings } = await read({ ...IDENTITY, datatype: 16, bitsPerVoxel: 32 }, raw(floats))
    const { low = 0, high = 0 } = volume.padding ?? {}
    expect(Array.from(volume.voxels).filter((value) => value >= low && value <= high)).toHaveLength(2)
    expect(warnings).toMatchObject([{ code: 'NIFTI_NOT_FINITE', details: { voxels: 2 } }])
  })

  it('come out of gzip the same', async () => {
    const packed = await gzip(niftiBytes(raw(words), IDENTITY))
    expect(Array.from((await readNifti(named(packed))).volume.voxels)).toEqual(values)
    await expect(readNifti(named(packed.slice(0, -12)))).rejects.toMatchObject({ code: 'NIFTI_DAMAGED' })
    const wrong = packed.slice()
    wrong[wrong.length - 8] = (wrong.at(-8) ?? 0) ^ 1 // the checksum
    await expect(readNifti(named(wrong))).rejects.toMatchObject({ code: 'NIFTI_DAMAGED' })
  })

  it('must be there, of a known type, in three dimensions, and not too many', async () => {
    expect(await codeOf(IDENTITY, raw(words.slice(1)))).toBe('NIFTI_DAMAGED')
    expect(await codeOf({ ...IDENTITY, datatype: 128 })).toBe('NIFTI_UNSUPPORTED')
    expect(await codeOf({ ...IDENTITY, size: [3, 2, 1, 2] })).toBe('NIFTI_UNSUPPORTED')
    expect(await codeOf({ ...IDENTITY, size: [0, 2, 2] })).toBe('NIFTI_DAMAGED')
    expect(await codeOf({ ...IDENTITY, size: [32_767, 32_767, 32_767] })).toBe('NIFTI_TOO_LARGE')
    expect(await codeOf({ ...IDENTITY, size: [1000, 1000, 1000] })).toBe('NIFTI_DAMAGED')
    expect(await codeOf({ ...IDENTITY, magic: 'ni1' })).toBe('NIFTI_UNSUPPORTED')
  })
})

describe('isNifti', () => {
  it('knows a NIfTI file by its content', async () => {
    const nifti = niftiBytes(raw(words), IDENTITY)
    expect(await isNifti(new Blob([nifti]))).toBe(true)
    expect(await isNifti(new Blob([await gzip(nifti)]))).toBe(true)
    expect(await isNifti(new Blob([ctBytes()]))).toBe(false)
    expect(await isNifti(new Blob([await gzip(ctBytes())]))).toBe(false)
    expect(await isNifti(new Blob([]))).toBe(false)
  })
})
