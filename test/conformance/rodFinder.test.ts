import { expect, it } from 'vitest'
import { findRods } from '../../src/core/calibration/findRods.ts'
import { QctError } from '../../src/core/errors.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { buildVolume } from '../../src/dicom/buildVolume.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { readNifti } from '../../src/dicom/readNifti.ts'
import { describeExternal, realData } from './external.ts'

/** Every volume of a folder of the real data. */
async function volumesOf(path: string): Promise<CtVolume[]> {
  const files = await openPaths([realData('ct', path)])
  if (path.endsWith('.nii.gz')) return [(await readNifti(files[0]!)).volume]
  const { studies } = await openExam(files)
  const volumes: CtVolume[] = []
  for (const series of studies.flatMap((study) => study.series)) {
    volumes.push((await buildVolume(series)).volume)
  }
  return volumes
}

/** Slices `from` to `from + count` of a volume. */
const part = (volume: CtVolume, from: number, count: number): CtVolume => {
  const [ni, nj] = volume.geometry.size
  return {
    ...volume,
    voxels: volume.voxels.subarray(from * ni * nj, (from + count) * ni * nj),
    geometry: { ...volume.geometry, size: [ni, nj, count] },
  }
}

/** The phantom that was found, or the code of the refusal. */
function outcomeOf(volume: CtVolume): string {
  try {
    return findRods(volume).phantom.id
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
}

describeExternal('real-data', 'a real CT without a phantom of the library', () => {
  it.each([
    'acrin-abdomen',
    'totalseg-example/example_ct.nii.gz',
    'totalseg-example/example_ct_dicom',
    'sts-036-left-hip',
    'qrm-thorax-ha',
  ])('shows none in %s, whole or in parts', async (path) => {
    const volumes = await volumesOf(path)
    expect(volumes.length).toBeGreaterThan(0)
    for (const volume of volumes) {
      expect(outcomeOf(volume)).toBe('RODS_NOT_FOUND')
      // A short scan has fewer stations to deny a chance alignment.
      const slices = volume.geometry.size[2]
      const count = Math.min(slices, Math.ceil(40 / volume.geometry.spacing[2]))
      for (let from = 0; from + count <= slices; from += count) {
        expect(outcomeOf(part(volume, from, count))).toBe('RODS_NOT_FOUND')
      }
    }
  })
})
