import { describe, expect, it } from 'vitest'
import { QctError } from '../../src/core/errors.ts'
import { indexPoint, type LpsPoint } from '../../src/core/geometry/lps.ts'
import { toLps } from '../../src/core/geometry/volumeGeometry.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { buildVolume, volumeByteLength } from '../../src/dicom/buildVolume.ts'
import type { CtFrame, CtSeries } from '../../src/dicom/ctStudy.ts'
import { splitSeries } from '../../src/dicom/splitSeries.ts'
import { leaning, makeFiles, makeFrame, makeStack, shuffled, steps } from './ctFixture.ts'

/** Linear in every direction, so that linear interpolation reproduces it and any misplaced voxel shows. */
const linear = ([x, y, z]: LpsPoint) => 100 + 4 * x + 8 * y + 2 * z

function seriesOf(frames: readonly CtFrame[]): CtSeries {
  const all = splitSeries(makeFiles(shuffled(frames)))
  expect(all).toHaveLength(1)
  return all[0]!
}

/** Compares every measured voxel with the field at its place in the world; gives how many there were. */
function compareWithField(volume: CtVolume, tolerance: number): number {
  const { geometry, voxels, rescale, padding } = volume
  const [ni, nj, nk] = geometry.size
  let measured = 0
  for (let k = 0; k < nk; k++)
    for (let j = 0; j < nj; j++)
      for (let i = 0; i < ni; i++) {
        const stored = voxels[i + ni * (j + nj * k)]!
        if (padding && stored >= padding.low && stored <= padding.high) continue
        const value = stored * rescale.slope + rescale.intercept
        expect(Math.abs(value - linear(toLps(geometry, indexPoint(i, j, k))))).toBeLessThanOrEqual(tolerance)
        measured++
      }
  return measured
}
const failure = async (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => (error instanceof QctError ? error : (error as Error)),
  )

describe('buildVolume', () => {
  it('keeps stored values, slope and intercept as the scanner wrote them', async () => {
    const frames = makeStack([0, 1, 2], undefined, {
      rescaleSlope: 0.1953125,
      rescaleIntercept: -1000.5,
      decodeInto: async (target) => void target.set(target.map((_, n) => 60_000 + n)),
    })
    const { volume, warnings } = await buildVolume(seriesOf(frames))
    expect(volume.voxels).toBeInstanceOf(Uint16Array)
    expect(volume.voxels[47]).toBe(60_047)
    expect(volume.rescale).toEqual({ slope: 0.1953125, intercept: -1000.5 })
    expect(volume.padding).toBeUndefined()
    expect(warnings).toEqual([])
  })

  it('decodes signed pixels into Int16 and keeps their padding', async () => {
    const frames = makeStack([0, 1], () => -900, {
      pixelRepresentation: 'signed',
      padding: { low: -2000, high: -2000 },
    })
    const { volume } = await buildVolume(seriesOf(frames))
    expect(volume.voxels).toBeInstanceOf(Int16Array)
    expect(volume.voxels[0]).toBe(124)
    expect(volume.padding).toEqual({ low: -2000, high: -2000 })
  })

  it('places every voxel where its slice lies, whatever the order of the files', async () => {
    const { volume } = await buildVolume(seriesOf(makeStack(steps(7, 2, -5), linear)))
    expect(compareWithField(volume, 0)).toBe(7 * 48)
  })

  it('writes into the shared memory it is given, and refuses too little of it', async () => {
    const series = seriesOf(makeStack(steps(3, 1), linear))
    expect(volumeByteLength(series)).toBe(3 * 48 * 2)
    const into = new SharedArrayBuffer(3 * 48 * 2 + 64)
    const { volume } = await buildVolume(series, { into })
    expect(volume.voxels.buffer).toBe(into)
    expect(volume.voxels).toHaveLength(3 * 48)
    expect(await failure(buildVolume(series, { into: new SharedArrayBuffer(287) }))).toMatchObject({
      code: 'VOLUME_BUFFER_TOO_SMALL',
      details: { bytes: 287, required: 288 },
    })
  })

  it.each([-18.5, 14, 27])(
    'sets a stack tilted by %d° upright with every voxel in its true place',
    async (tilt) => {
      const frames = makeStack(steps(9, 2), linear, { imageOrientationPatient: leaning(tilt), rows: 20 })
      const { volume, warnings } = await buildVolume(seriesOf(frames))
      expect(warnings.map(({ code }) => code)).toEqual(['GANTRY_TILT_RESAMPLED'])
      // Two roundings to stored integers: the scanner's, interpolated, and ours.
      const measured = compareWithField(volume, 1)
      // Each slice loses at most the one row that has no neighbour on both sides.
      expect(measured).toBeGreaterThanOrEqual(9 * 19 * 8)
    },
  )

  it('interpolates a missing slice and keeps the others exact', async () => {
    const { volume, warnings } = await buildVolume(seriesOf(makeStack([0, 1, 2, 4, 5], linear)))
    expect(warnings.map(({ code }) => code)).toEqual(['SLICES_MISSING_INTERPOLATED'])
    expect(compareWithField(volume, 0)).toBe(6 * 48) // the field is whole at whole places
  })

  it('resamples uneven slices to their true places', async () => {
    const frames = makeStack([0, 1, 2.4, 3.2, 4.5, 5.5], linear)
    const { volume, warnings } = await buildVolume(seriesOf(frames))
    expect(warnings.map(({ code }) => code)).toEqual(['SLICE_SPACING_RESAMPLED'])
    // Rounding twice, and 0.1 mm by which a scanned slice may stand in, times 2 HU/mm.
    expect(compareWithField(volume, 1.2)).toBe(volume.voxels.length)
  })

  it('resamples slices that are tilted and incomplete at once', async () => {
    const frames = makeStack([0, 0.8, 1.6, 3.2, 4], linear, {
      imageOrientationPatient: leaning(15),
      rows: 20,
    })
    const { volume, warnings } = await buildVolume(seriesOf(frames))
    expect(warnings.map(({ code }) => code)).toEqual(['GANTRY_TILT_RESAMPLED', 'SLICES_MISSING_INTERPOLATED'])
    expect(compareWithField(volume, 1.5)).toBeGreaterThan(5 * 19 * 8) // three roundings
  })

  it('forms CT numbers slice by slice when slope and intercept differ, and warns', async () => {
    const frames = steps(4, 1).map((z) =>
      makeFrame([-4, -3, z] as never, linear, {
        rescaleSlope: 1 + z / 4,
        rescaleIntercept: -1024 + z,
        padding: { low: 0, high: 0 },
      }),
    )
    const padded = {
      ...frames[2]!,
      decodeInto: async (target: Int16Array | Uint16Array | Float32Array) => void target.fill(0),
    }
    const { volume, warnings } = await buildVolume(seriesOf(frames.with(2, padded)))
    expect(volume.voxels).toBeInstanceOf(Float32Array)
    expect(warnings).toMatchObject([{ code: 'RESCALE_VARIES', details: { low: -1024, high: -1021 } }])
    expect(compareWithField(volume, 1e-3)).toBe(3 * 48) // float32 of values below 2000; one slice is padding
  })

  it('brings different padding values of the slices to one', async () => {
    const of = (z: number, value: number) =>
      makeFrame([0, 0, z] as never, undefined, {
        padding: { low: value, high: value },
        decodeInto: async (target) => void target.fill(1000).fill(value, 0, 2),
      })
    const { volume } = await buildVolume(seriesOf([of(0, 0), of(1, 63_536), of(2, 0)]))
    expect(volume.padding).toEqual({ low: 0, high: 0 })
    expect([...volume.voxels].filter((stored) => stored === 0)).toHaveLength(6)
    expect([...volume.voxels].filter((stored) => stored === 1000)).toHaveLength(3 * 48 - 6)
  })

  it('keeps at most the given number of slices in flight and tells its progress', async () => {
    let underWay = 0
    let most = 0
    const frames = makeStack(steps(20, 1), undefined, {
      decodeInto: async () => {
        most = Math.max(most, ++underWay)
        await new Promise((resolve) => setImmediate(resolve))
        underWay--
      },
    })
    const told: [number, number][] = []
    await buildVolume(seriesOf(frames), { concurrency: 3, onProgress: (...now) => told.push(now) })
    expect(most).toBe(3)
    expect(told).toEqual(steps(20, 1, 1).map((n) => [n, 20]))
  })

  it('stops between slices when told to', async () => {
    const stop = new AbortController()
    let decoded = 0
    const frames = makeStack(steps(50, 1), undefined, {
      decodeInto: async () => {
        if (++decoded === 5) stop.abort()
        await new Promise((resolve) => setImmediate(resolve))
      },
    })
    const error = await failure(buildVolume(seriesOf(frames), { signal: stop.signal, concurrency: 2 }))
    expect(error).toMatchObject({ code: 'CANCELLED' })
    expect(decoded).toBeLessThanOrEqual(6)
  })

  it.each(['even', 'holed'])(
    'hands on the failure of a slice of an %s stack and starts no further ones',
    async (kind) => {
      let decoded = 0
      const zs = kind === 'even' ? steps(50, 1) : [...steps(25, 1), ...steps(25, 1, 26)]
      const frames = makeStack(zs, undefined, {
        decodeInto: async () => {
          if (++decoded === 5) throw new QctError('GEOMETRY_LOCALIZER', {})
        },
      })
      expect(await failure(buildVolume(seriesOf(frames)))).toMatchObject({ code: 'GEOMETRY_LOCALIZER' })
      expect(decoded).toBeLessThan(15)
    },
  )

  it('refuses a volume larger than it may be before it allocates it', async () => {
    const frames = makeStack(steps(300, 1), undefined, { columns: 16_384, rows: 16_384 })
    expect(await failure(buildVolume(seriesOf(frames)))).toMatchObject({
      code: 'VOLUME_TOO_LARGE',
      details: { mebibytes: 153_600, limit: 3072 },
    })
  })

  it('refuses a refused series with the code of its geometry', async () => {
    expect(await failure(buildVolume(seriesOf(makeStack([7]))))).toMatchObject({ code: 'GEOMETRY_ONE_SLICE' })
  })
})
