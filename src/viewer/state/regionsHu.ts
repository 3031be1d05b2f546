import { useMemo } from 'react'
import { QctError } from '../../core/errors.ts'
import { roiStatistics } from '../../core/volume/roiStatistics.ts'
import { tissueCylinder } from '../../exam/pipeline/routes/tissueSamples.ts'
import type { TissueRegion } from '../../exam/record/calibrationInputs.ts'
import type { SharedVolume } from '../worker/examWorkerApi.ts'
import { useViewer } from './viewerStore.ts'

/** Mean CT number of each region; null where it lies outside the scan. A region is a few thousand voxels. */
export const regionsHu = ({ ct }: SharedVolume, regions: readonly TissueRegion[]): (number | null)[] =>
  regions.map((region) => {
    try {
      return roiStatistics(ct, tissueCylinder(region)).mean
    } catch (error) {
      if (error instanceof QctError) return null
      throw error
    }
  })

/** The same of the exam on screen; nothing until all of its slices are there. */
export function useRegionsHu(): readonly (number | null)[] {
  const volume = useViewer((state) => state.volume)
  const isWhole = useViewer((state) => state.volume !== null && state.arrived === state.volume.flags.length)
  const regions = useViewer((state) => state.decisions.present.tissueRegions)
  return useMemo(
    () => (volume === null || !isWhole ? [] : regionsHu(volume, regions)),
    [volume, isWhole, regions],
  )
}
