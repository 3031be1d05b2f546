import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sampleTissue } from '../../src/core/calibration/tissue/sampleTissue.ts'
import type { Tissue } from '../../src/core/calibration/tissue/tissues.ts'
import { usableTissues } from '../../src/core/calibration/tissue/usableTissues.ts'
import { type LpsPoint, lpsPoint } from '../../src/core/geometry/lps.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { forEachRoiVoxel } from '../../src/core/volume/roiVoxels.ts'
import { buildVolume } from '../../src/dicom/buildVolume.ts'
import { openPaths } from '../../src/dicom/node/openPaths.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { readNifti } from '../../src/dicom/readNifti.ts'
import { placeTissueRegions } from '../../src/segmentation/tissue/placeTissueRegions.ts'
import type { PlacedTissues, TissueRegion } from '../../src/segmentation/tissue/tissueRegion.ts'
import { findVertebralBody } from '../../src/segmentation/vertebra/findVertebralBody.ts'
import { describeExternal, realData } from './external.ts'

const nifti = async (...path: string[]): Promise<CtVolume> =>
  (await readNifti((await openPaths([realData('ct', 'totalseg-example', ...path)]))[0]!)).volume

async function dicom(path: string): Promise<CtVolume> {
  const { studies } = await openExam(await openPaths([realData('ct', path)]))
  return (await buildVolume(studies[0]!.series[0]!)).volume
}

interface SeedFile {
  readonly spine: readonly { readonly level: string; readonly centerLps: [number, number, number] }[]
}

/** Seeds of the fixture that the other real-data tests use. */
const seedsOf = (name: string): readonly LpsPoint[] => {
  const file = join(import.meta.dirname, '../fixtures', `${name}.roi.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as SeedFile).spine.map(({ centerLps }) =>
    lpsPoint(...centerLps),
  )
}

const place = (volume: CtVolume, seeds: readonly LpsPoint[]): PlacedTissues =>
  placeTissueRegions(
    volume,
    seeds.map((seed) => findVertebralBody(volume, seed).body),
  )

const regionsOf = (placed: PlacedTissues, tissue: Tissue): readonly TissueRegion[] => {
  const placement = placed[tissue]
  return placement.found ? placement.regions : []
}

const FOUND = ['air', 'adipose', 'skeletalMuscle', 'blood'] as const

const samplesOf = (volume: CtVolume, placed: PlacedTissues) =>
  FOUND.map((tissue) => {
    const regions = regionsOf(placed, tissue)
    expect(regions.length, tissue).toBeGreaterThan(0)
    return sampleTissue(
      volume,
      tissue,
      regions.map(({ roi }) => roi),
    )
  })

/** Share of a region's voxels that carry one of the labels, the label volume being on the scan's own grid. */
function labelledShare(labels: CtVolume, { roi }: TissueRegion, wanted: readonly number[]): number {
  let [n, labelled] = [0, 0]
  forEachRoiVoxel(labels.geometry, roi, (offset) => {
    n++
    if (wanted.includes(labels.voxels[offset]!)) labelled++
  })
  return labelled / n
}

/** Classes of the label volume. @see TotalSegmentator, class map "total" */
const LABEL = { aorta: 52, autochthonLeft: 86, autochthonRight: 87 }
/** Of every region, so much must carry its label: one voxel of twenty may straddle a border of 3 mm labels. */
const LEAST_LABELLED = 0.95

describeExternal('real-data', 'tissues of a labelled abdomen CT', () => {
  it('lie in the labelled aorta and back muscle, and are believed', async () => {
    const volume = await nifti('example_ct.nii.gz')
    const labels = await nifti('example_seg_fast_force_split.nii.gz')
    const placed = place(volume, seedsOf('totalseg-example'))
    for (const region of regionsOf(placed, 'blood')) {
      expect(labelledShare(labels, region, [LABEL.aorta])).toBeGreaterThanOrEqual(LEAST_LABELLED)
    }
    for (const region of regionsOf(placed, 'skeletalMuscle')) {
      const own = region.site.startsWith('left') ? LABEL.autochthonLeft : LABEL.autochthonRight
      expect(labelledShare(labels, region, [own]), region.site).toBeGreaterThanOrEqual(LEAST_LABELLED)
    }
    for (const tissue of ['adipose', 'air'] as const) {
      for (const region of regionsOf(placed, tissue)) expect(labelledShare(labels, region, [0])).toBe(1)
    }
    const usable = usableTissues(samplesOf(volume, placed))
    expect(usable.samples.map(({ tissue }) => tissue)).toEqual([...FOUND])
    expect(usable.warnings).toEqual([])
  })

  it('lie in labelled subcutaneous fat and muscle where those are labelled', async () => {
    const volume = await nifti('example_ct_sm.nii.gz')
    const [fat, muscle] = await Promise.all(
      ['subcutaneous_fat', 'skeletal_muscle'].map((name) =>
        nifti('example_seg_tissue_types', `${name}.nii.gz`),
      ),
    )
    // The part keeps the first voxel's place of the whole, from which it was cut at slice 82 of 3 mm.
    const [first] = seedsOf('totalseg-example')
    const placed = place(volume, [lpsPoint(first![0], first![1], first![2] - 246)])
    const [fatty, lean] = [regionsOf(placed, 'adipose'), regionsOf(placed, 'skeletalMuscle')]
    expect(fatty.length).toBeGreaterThan(0)
    expect(lean.length).toBe(2)
    for (const region of fatty)
      expect(labelledShare(fat!, region, [1])).toBeGreaterThanOrEqual(LEAST_LABELLED)
    for (const region of lean)
      expect(labelledShare(muscle!, region, [1])).toBeGreaterThanOrEqual(LEAST_LABELLED)
  })
})

describeExternal('real-data', 'tissues of an abdomen CT in cloths on a table', () => {
  it('are found and believed at 140 kVp', async () => {
    const volume = await dicom('acrin-abdomen')
    const placed = place(volume, seedsOf('acrin-abdomen'))
    const usable = usableTissues(samplesOf(volume, placed))
    expect(usable.samples.map(({ tissue }) => tissue)).toEqual([...FOUND])
    expect(usable.warnings).toEqual([])
    for (const region of FOUND.flatMap((tissue) => regionsOf(placed, tissue))) {
      expect(region.warnings, region.site).toEqual([])
    }
  })
})

describeExternal('real-data', 'tissues of a CT with contrast agent', () => {
  it('are found between arms and plaques, and blood is said to be none', async () => {
    const volume = await dicom('totalseg-example/example_ct_dicom')
    // One body is whole in its 38 mm.
    const placed = place(volume, [lpsPoint(-7, -113, -786)])
    const samples = samplesOf(volume, placed)
    const aorta = samples.find(({ tissue }) => tissue === 'blood')!
    expect(aorta.meanHu).toBeGreaterThan(100)
    const { warnings } = usableTissues(samples)
    expect(warnings.map(({ code }) => code)).toEqual(['TISSUE_CONTRAST_SUSPECTED'])
    for (const { quality } of regionsOf(placed, 'blood')) {
      // Plaques of the wall stay outside: they would stand out of the lumen by hundreds of HU.
      expect(quality.strayShare).toBeLessThan(0.01)
    }
  })
})
