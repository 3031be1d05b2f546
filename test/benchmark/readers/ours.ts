import { buildVolume } from '../../../src/dicom/buildVolume.ts'
import { openPaths } from '../../../src/dicom/node/openPaths.ts'
import { openExam } from '../../../src/dicom/openExam.ts'
import { report } from './report.ts'

/** Reads a folder to a volume, as the command line does. Words: folder, number of warm runs. */
await report(async (folder) => {
  const { studies } = await openExam(await openPaths([folder]))
  const series = studies[0]?.series[0]
  if (series === undefined) throw new Error('no series found')
  const { volume } = await buildVolume(series)
  return volume.voxels.length
})
