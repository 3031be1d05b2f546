import { describe, expect, it } from 'vitest'
import { buildVolume } from '../../src/dicom/buildVolume.ts'
import { chooseSeries } from '../../src/dicom/chooseSeries.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { type CtFileFacts, ctFile } from './ctFileFixture.ts'
import { steps } from './ctFixture.ts'

const files = (name: string, zs: readonly number[], facts: Omit<CtFileFacts, 'z'> = {}) =>
  zs.map((z, n) => ctFile(`${name}/${zs.length - n}`, { z, ...facts }))

describe('openExam', () => {
  it('goes from files without extension to CT numbers at their places', async () => {
    const { studies, setAside } = await openExam(files('IM', [4, 0, 2, 3, 1]))
    expect(setAside).toEqual([])
    expect(studies).toHaveLength(1)
    const { series, warnings } = chooseSeries(studies[0]!)
    expect(warnings).toEqual([])
    const { volume } = await buildVolume(series)
    expect([0, 1, 2, 3, 4].map((k) => volume.voxels[16 * k]! + volume.rescale.intercept)).toEqual([
      0, 1, 2, 3, 4,
    ])
  })

  it('never merges the two patients of one folder, although every UID agrees', async () => {
    const drop = await openExam([
      ...files('a', steps(5, 2), { patientId: 'P1' }),
      ...files('b', steps(5, 2, 1), { patientId: 'P2' }),
    ])
    expect(drop.studies.map(({ patient, series }) => [patient.patientId, series[0]?.frames.length])).toEqual([
      ['P1', 5],
      ['P2', 5],
    ])
    expect(drop.studies.every(({ series }) => series[0]?.geometry.status === 'sound')).toBe(true)
  })

  it('names the soft one of an edge-kernel pair, with its reason, and warns of the sharp one alone', async () => {
    const soft = files('soft', steps(90, 1), { seriesInstanceUid: '1.5' })
    const sharp = files('sharp', steps(90, 1), { seriesInstanceUid: '1.6', kernel: 'BONEPLUS' })
    const both = chooseSeries((await openExam([...sharp, ...soft])).studies[0]!)
    expect(both.series.seriesInstanceUid).toBe('1.5')
    expect(both.reasons.join(' ')).toContain('kernel (STANDARD)')
    const alone = chooseSeries((await openExam(sharp)).studies[0]!)
    expect(alone.warnings.map(({ code }) => code)).toEqual(['KERNEL_SHARP'])
  })

  it('sets aside what is no CT image and lists it', async () => {
    const { studies, setAside } = await openExam([
      ...files('ct', steps(3, 1)),
      ctFile('scout', { z: 0, imageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' }),
      ctFile('mr', { z: 0, modality: 'MR' }),
      { path: 'notes.dcm', blob: new Blob(['no image at all']) },
    ])
    expect(studies[0]?.series.map(({ frames }) => frames.length)).toEqual([3])
    expect(setAside.map(({ path }) => path).sort()).toEqual(['mr', 'notes.dcm', 'scout'])
    expect(setAside.every(({ reason }) => reason.length > 0)).toBe(true)
  })

  it('turns a damaged slice into a missing one, which the geometry then judges', async () => {
    const all = files('ct', steps(6, 1))
    const short = { path: all[2]!.path, blob: all[2]!.blob.slice(0, all[2]!.blob.size - 8) }
    const { studies, setAside } = await openExam(all.with(2, short))
    expect(setAside.map(({ error }) => error?.code)).toEqual(['PIXELS_SHORT'])
    const { geometry } = studies[0]!.series[0]!
    expect(geometry.status === 'resample' && geometry.warnings.map(({ code }) => code)).toEqual([
      'SLICES_MISSING_INTERPOLATED',
    ])
  })

  it('gives no studies for an empty drop', async () => {
    expect(await openExam([])).toEqual({ studies: [], setAside: [] })
  })

  it('stops when told to', async () => {
    const signal = AbortSignal.abort()
    await expect(openExam(files('ct', steps(3, 1)), { signal })).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
