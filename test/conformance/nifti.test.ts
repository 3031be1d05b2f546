import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { indexPoint } from '../../src/core/geometry/lps.ts'
import { toLps } from '../../src/core/geometry/volumeGeometry.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { readNifti } from '../../src/dicom/readNifti.ts'
import { describeExternal, python, realData } from './external.ts'

const SCRIPT = `
import json, sys, nibabel, numpy
image = nibabel.load(sys.argv[1])
values = numpy.asarray(image.dataobj)
corner = [n - 1 for n in image.shape] + [1]
print(json.dumps({
    'shape': image.shape, 'first': (image.affine @ [0, 0, 0, 1])[:3].tolist(), 'last': (image.affine @ corner)[:3].tolist(),
    'sum': float(values.sum(dtype='f8')), 'lowest': float(values.min()), 'highest': float(values.max()),
    'line': values[:, values.shape[1] // 2, values.shape[2] // 2].astype(float).tolist(),
}))`

describeExternal(['real-data', 'python'], 'NIfTI beside nibabel', () => {
  it.each(['example_ct.nii.gz', 'example_ct_sm.nii.gz', 'example_seg_fast_force_split.nii.gz'])(
    'reads %s to the same values at the same places',
    async (name) => {
      const path = realData('ct', 'totalseg-example', name)
      const { stdout, stderr } = spawnSync(python, ['-c', SCRIPT, path], { encoding: 'utf8' })
      if (stdout === '') throw new Error(stderr)
      const theirs = JSON.parse(stdout)
      const [file] = await openPaths([path])
      if (file === undefined) throw new Error('no file')
      const { geometry, voxels, rescale } = (await readNifti(file)).volume
      const [ni, nj, nk] = geometry.size
      const value = (n: number) => (voxels[n] as number) * rescale.slope + rescale.intercept

      expect(geometry.size).toEqual(theirs.shape)
      const ends = [indexPoint(0, 0, 0), indexPoint(ni - 1, nj - 1, nk - 1)].map((index) =>
        toLps(geometry, index),
      )
      // float32 cosines over half a metre: under a micrometre a voxel
      for (const [n, ras] of [theirs.first, theirs.last].entries())
        for (const axis of [0, 1, 2])
          expect(ends[n]?.[axis]).toBeCloseTo(axis < 2 ? -ras[axis] : ras[axis], 3)
      let [sum, lowest, highest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let n = 0; n < voxels.length; n++) {
        sum += value(n)
        lowest = Math.min(lowest, value(n))
        highest = Math.max(highest, value(n))
      }
      expect([sum, lowest, highest]).toEqual([theirs.sum, theirs.lowest, theirs.highest])
      const start = ni * (Math.floor(nj / 2) + nj * Math.floor(nk / 2))
      expect(Array.from({ length: ni }, (_, i) => value(start + i))).toEqual(theirs.line)
    },
  )
})
