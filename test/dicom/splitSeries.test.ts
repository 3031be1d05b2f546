import { describe, expect, it } from 'vitest'
import { lpsVector } from '../../src/core/geometry/lps.ts'
import type { CtInstance } from '../../src/dicom/ctInstance.ts'
import type { CtSeries } from '../../src/dicom/ctStudy.ts'
import { splitSeries } from '../../src/dicom/splitSeries.ts'
import { leaning, makeFiles, makeInstance, makeStack, shuffled, steps } from './ctFixture.ts'

const zs = (series: CtSeries) => series.frames.map((frame) => frame.imagePositionPatient[2])
const codes = (series: CtSeries) => series.warnings.map(({ code }) => code)
const differences = (series: readonly CtSeries[]) =>
  series[0]?.warnings.flatMap(({ code, details }) => (code === 'SERIES_SPLIT' ? [details] : []))

/** The same slices once more, as another image of the same place. */
const again = (
  files: readonly CtInstance[],
  over: (n: number) => Partial<CtInstance['frames'][0]>,
): CtInstance[] =>
  files.map((file, n) =>
    makeInstance([{ ...file.frames[0]!, sopInstanceUid: `${file.frames[0]!.sopInstanceUid}.9`, ...over(n) }]),
  )

describe('splitSeries', () => {
  it('sorts by position from feet to head, not by instance number or file name', () => {
    const files = steps(6, 1).map((z) =>
      makeInstance(makeStack([z], undefined, { instanceNumber: 100 - z }), { path: `${9 - z}.dcm` }),
    )
    const [series] = splitSeries(shuffled(files))
    expect(zs(series!)).toEqual([0, 1, 2, 3, 4, 5])
    expect(series?.geometry.status).toBe('sound')
    expect(series?.warnings).toEqual([])
  })

  it('sorts the frames of one multi-frame file as it sorts files', () => {
    const [series] = splitSeries([makeInstance(makeStack([3, 1, 2, 0]))])
    expect(zs(series!)).toEqual([0, 1, 2, 3])
  })

  it.each([
    ['orientation', makeFiles(makeStack(steps(3, 2), undefined, { imageOrientationPatient: leaning(7) }))],
    ['matrix', makeFiles(makeStack(steps(3, 2), undefined, { columns: 16 }))],
    [
      'pixel size',
      makeFiles(
        makeStack(steps(3, 2)).map((frame) => ({ ...frame, rowSpacing: frame.rowSpacing * 0.8 })) as never,
      ),
    ],
    ['kernel', makeFiles(makeStack(steps(3, 2)), { acquisition: { convolutionKernel: 'BONE' } })],
    ['tube voltage', makeFiles(makeStack(steps(3, 2)), { acquisition: { kvp: 80 as never } })],
    ['energy', makeFiles(makeStack(steps(3, 2)), { acquisition: { monoenergeticKev: 70 } })],
    ['slice thickness', makeFiles(makeStack(steps(3, 2)), { acquisition: { sliceThickness: 2 as never } })],
    [
      'image type',
      makeFiles(makeStack(steps(3, 2)), { acquisition: { imageType: ['DERIVED', 'SECONDARY', 'AXIAL'] } }),
    ],
    ['frame of reference', makeFiles(makeStack(steps(3, 2)), { frameOfReferenceUid: '8' })],
  ])('takes one UID apart that mixes by %s, and says so', (difference, others) => {
    const renamed = others.map((file) => ({
      ...file,
      frames: file.frames.map((frame) => ({ ...frame, sopInstanceUid: `7${frame.sopInstanceUid}` })),
    }))
    const series = splitSeries(shuffled([...makeFiles(makeStack(steps(5, 1))), ...renamed]))
    expect(series.map(({ id, frames }) => [id, frames.length])).toEqual([
      ['1.2.3.4', 5],
      ['1.2.3.4#2', 3],
    ])
    expect(series.every(({ geometry }) => geometry.status !== 'refused')).toBe(true)
    expect(differences(series)).toEqual([{ stacks: 2, differences: [difference] }])
  })

  it('drops a second copy of the same image, and says how many', () => {
    const files = makeFiles(makeStack(steps(4, 1)))
    const copies = files.slice(1, 3).map((file) => ({ ...file, path: `copy of ${file.path}` }))
    const [series, ...rest] = splitSeries([...copies, ...files])
    expect(rest).toEqual([])
    expect(zs(series!)).toEqual([0, 1, 2, 3])
    expect(series?.warnings).toMatchObject([{ code: 'DUPLICATE_IMAGES_DROPPED', details: { dropped: 2 } }])
  })

  it('keeps slices that bad anonymisation gave one identity', () => {
    const files = makeFiles(makeStack(steps(4, 1), undefined, { sopInstanceUid: '1' }))
    expect(splitSeries(files)[0]?.frames).toHaveLength(4)
  })

  it.each([
    ['temporal position', (n: number) => ({ temporalPosition: n })],
    ['acquisition', (n: number) => ({ acquisitionNumber: n })],
  ])('takes phases apart by %s', (difference, fact) => {
    const first = makeFiles(makeStack(steps(5, 1), undefined, fact(1)))
    const series = splitSeries(shuffled([...first, ...again(first, () => fact(2))]))
    expect(series.map((one) => [one.id, zs(one)])).toEqual([
      ['1.2.3.4', [0, 1, 2, 3, 4]],
      ['1.2.3.4#2', [0, 1, 2, 3, 4]],
    ])
    expect(
      series[0]?.frames.every((frame) =>
        Object.entries(fact(1)).every(([key, value]) => frame[key as 'acquisitionNumber'] === value),
      ),
    ).toBe(true)
    expect(differences(series)).toEqual([{ stacks: 2, differences: [difference] }])
  })

  it('takes phases apart by runs of instance numbers when each run goes through the whole stack', () => {
    const first = makeFiles(makeStack(steps(5, 1))).map((file, n) =>
      makeInstance([{ ...file.frames[0]!, instanceNumber: n + 1 }]),
    )
    const series = splitSeries(shuffled([...first, ...again(first, (n) => ({ instanceNumber: n + 6 }))]))
    expect(series.map(zs)).toEqual([steps(5, 1), steps(5, 1)])
    expect(series[0]?.frames.map((frame) => frame.instanceNumber)).toEqual([1, 2, 3, 4, 5])
  })

  it('refuses repeated positions that no fact explains', () => {
    const first = makeFiles(makeStack(steps(5, 1)))
    const series = splitSeries([...first, ...again(first, () => ({}))])
    expect(series).toHaveLength(1)
    expect(series[0]?.geometry).toMatchObject({
      status: 'refused',
      error: { code: 'GEOMETRY_POSITIONS_REPEATED' },
    })
  })

  it('leaves a stack whole whose acquisition number changes on the way', () => {
    const files = steps(6, 1).map((z) =>
      makeInstance(makeStack([z], undefined, { acquisitionNumber: Math.floor(z / 2) })),
    )
    expect(splitSeries(files)).toHaveLength(1)
  })

  it('takes interleaved stacks apart rather than resampling them into one', () => {
    const first = makeFiles(makeStack(steps(6, 2), undefined, { acquisitionNumber: 1 }))
    const second = makeFiles(makeStack(steps(6, 2, 0.5), undefined, { acquisitionNumber: 2 }))
    const series = splitSeries(shuffled([...first, ...second]))
    expect(series.map(({ geometry }) => geometry.status)).toEqual(['sound', 'sound'])
  })

  it('refuses a monitoring series of one position without inventing stacks', () => {
    const files = steps(4, 1).map((n) =>
      makeInstance(makeStack([61.5], undefined, { sopInstanceUid: `1.${n}`, acquisitionNumber: n })),
    )
    const series = splitSeries(files)
    expect(series).toHaveLength(1)
    expect(series[0]?.geometry).toMatchObject({
      error: { code: 'GEOMETRY_ONE_SLICE', details: { found: 1 } },
    })
  })

  it('keeps slices with unusable positions out of the way of the sound ones', () => {
    const broken = makeInstance(
      makeStack([9], undefined, {
        imageOrientationPatient: [lpsVector(Number.NaN, 0, 0), lpsVector(0, 1, 0)],
      }),
    )
    const series = splitSeries([broken, ...makeFiles(makeStack(steps(5, 1)))])
    expect(series.map(({ geometry }) => geometry.status)).toEqual(['sound', 'refused'])
    expect(codes(series[0]!)).toEqual(['SERIES_SPLIT'])
  })

  it('refuses a localizer', () => {
    const files = makeFiles(makeStack([0, 1]), {
      acquisition: { imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] },
    })
    expect(splitSeries(files)[0]?.geometry).toMatchObject({ error: { code: 'GEOMETRY_LOCALIZER' } })
  })

  it('compares the stated tilt with the measured one and believes the positions', () => {
    const files = makeFiles(makeStack(steps(5, 1)), { acquisition: { gantryDetectorTilt: 15 } })
    expect(splitSeries(files)[0]?.geometry).toMatchObject({
      status: 'sound',
      warnings: [{ code: 'GANTRY_TILT_TAG_DISAGREES', details: { tag: 15, measured: 0 } }],
    })
  })

  it('gives series by number', () => {
    const other = makeFiles(makeStack(steps(3, 1)), { seriesInstanceUid: '5', seriesNumber: 1 })
    expect(
      splitSeries([...makeFiles(makeStack(steps(3, 1))), ...other]).map(({ seriesNumber }) => seriesNumber),
    ).toEqual([1, 2])
  })
})
