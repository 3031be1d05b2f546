import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { buildVolume } from '../../src/dicom/buildVolume.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { readNifti } from '../../src/dicom/readNifti.ts'
import { realData } from './external.ts'

/** Every volume of a folder, or of a NIfTI file, of the real CT data. */
export async function realVolumes(path: string): Promise<CtVolume[]> {
  const files = await openPaths([realData('ct', path)])
  if (path.endsWith('.nii.gz')) return [(await readNifti(files[0]!)).volume]
  const { studies } = await openExam(files)
  const volumes: CtVolume[] = []
  for (const series of studies.flatMap((study) => study.series)) {
    volumes.push((await buildVolume(series)).volume)
  }
  return volumes
}
