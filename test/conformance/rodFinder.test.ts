import { expect, it } from 'vitest'
import { findRods } from '../../src/core/calibration/findRods.ts'
import { QctError } from '../../src/core/errors.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { describeExternal } from './external.ts'
import { realVolumes } from './realVolumes.ts'

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
    const volumes = await realVolumes(path)
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
