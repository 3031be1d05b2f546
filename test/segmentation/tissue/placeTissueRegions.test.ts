import { describe, expect, it } from 'vitest'
import { sampleTissue } from '../../../src/core/calibration/tissue/sampleTissue.ts'
import { TISSUES, type Tissue } from '../../../src/core/calibration/tissue/tissues.ts'
import { usableTissues } from '../../../src/core/calibration/tissue/usableTissues.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { defaultExamParameters } from '../../../src/demo/examParameters.ts'
import { randomPatientParameters } from '../../../src/demo/randomPatientParameters.ts'
import { placeTissueRegions } from '../../../src/segmentation/tissue/placeTissueRegions.ts'
import type { PlacedTissues, TissueRegion } from '../../../src/segmentation/tissue/tissueRegion.ts'
import { PORTAL_VENOUS, scannerAt, statedExam } from '../../demo/statedExam.ts'
import {
  coarseField,
  faceDown,
  shareNear,
  storedOtherwise,
  type TissueExam,
  tissueExam,
} from './tissueExam.ts'

const SOUGHT = ['air', 'adipose', 'skeletalMuscle', 'blood'] as const

const regionsOf = (placed: PlacedTissues, tissue: Tissue): readonly TissueRegion[] => {
  const placement = placed[tissue]
  return placement.found ? placement.regions : []
}

const reasonOf = (placed: PlacedTissues, tissue: Tissue): string => {
  const placement = placed[tissue]
  return placement.found ? 'found' : placement.error.details.reason
}

/** Regions lie in their tissue by the voxels of the same patient without noise, and their means are the truth's. */
function expectInTissue(
  exam: TissueExam,
  placed: PlacedTissues,
  tissues: readonly (typeof SOUGHT)[number][],
  volume: CtVolume = exam.volume,
) {
  for (const tissue of tissues) {
    const regions = regionsOf(placed, tissue)
    expect(regions.length, tissue).toBeGreaterThan(0)
    for (const { roi, site } of regions) {
      // Muscle and unenhanced blood lie 13 HU apart: a clean voxel within 8 is of its own tissue, out of reach of blur.
      expect(shareNear(exam.clean, roi, exam.truth[tissue], 8), site).toBeGreaterThan(0.98)
    }
    const { meanHu, standardErrorHu } = sampleTissue(
      volume,
      tissue,
      regions.map(({ roi }) => roi),
    )
    // Neighbours within blur and the choice of quiet places may bend a mean by 1.5 HU; noise by three errors.
    const tolerance = 1.5 + 3 * standardErrorHu
    if (tissue === 'air') {
      // The scale ends at −1024: it cuts off noise below and lifts the mean of air.
      expect(meanHu - exam.truth.air).toBeGreaterThan(-tolerance)
      expect(meanHu - exam.truth.air).toBeLessThan(tolerance + 6)
    } else expect(Math.abs(meanHu - exam.truth[tissue]), tissue).toBeLessThan(tolerance)
  }
}

const base = statedExam()
const patient = (changes: Partial<typeof base.patient>) => ({ ...base.patient, ...changes })

describe('placeTissueRegions', () => {
  it.each([
    ['on a phantom, without contrast agent', coarseField(base, 400)],
    [
      'obese, with much noise',
      coarseField(
        statedExam(
          { muscleHu: 44 },
          {
            patient: patient({ trunkWidthMm: 430, trunkDepthMm: 300, subcutaneousFatMm: 40 }),
            image: { noiseSdHu: 35, blurSigmaMm: 0.7 },
            phantom: null,
          },
        ),
        490,
      ),
    ],
    [
      'slim, at 80 kVp in the arterial phase',
      coarseField(
        statedExam(
          {
            contrast: {
              phase: 'arterial',
              enhancementHu: { aorta: 280, venaCava: 30, muscle: 5, marrow: 5 },
            },
          },
          { patient: patient({ trunkWidthMm: 300, subcutaneousFatMm: 13 }), scanner: scannerAt(80) },
        ),
        380,
      ),
    ],
    [
      'at 140 kVp in the portal venous phase',
      coarseField(statedExam({ contrast: PORTAL_VENOUS }, { scanner: scannerAt(140), phantom: null }), 400, {
        sliceThicknessMm: 5,
        sliceSpacingMm: 5,
        sliceCount: 24,
      }),
    ],
  ])('finds every soft tissue of a patient %s', (_, parameters) => {
    const exam = tissueExam(parameters)
    const placed = placeTissueRegions(exam.volume, exam.bodies)
    expectInTissue(exam, placed, SOUGHT)
    expect(reasonOf(placed, 'corticalBone')).toMatch(/cortex/)
    expect(regionsOf(placed, 'skeletalMuscle').map(({ site }) => site)).toEqual([
      'left erector spinae',
      'right erector spinae',
    ])
    for (const { roi, site } of SOUGHT.flatMap((tissue) => regionsOf(placed, tissue))) {
      if (site.startsWith('left')) expect(roi.center[0], site).toBeGreaterThan(exam.bodies[0]!.center[0])
      if (site.startsWith('right')) expect(roi.center[0], site).toBeLessThan(exam.bodies[0]!.center[0])
    }
    const isEnhanced = exam.truth.blood > 60
    const samples = SOUGHT.map((tissue) =>
      sampleTissue(
        exam.volume,
        tissue,
        regionsOf(placed, tissue).map(({ roi }) => roi),
      ),
    )
    const codes = usableTissues(samples).warnings.map(({ code }) => code)
    expect(codes.includes('TISSUE_CONTRAST_SUSPECTED')).toBe(isEnhanced)
  })

  it('finds them whichever way the file runs and whichever way the patient lies', () => {
    const exam = tissueExam(coarseField(statedExam({}, { phantom: null }), 400))
    const otherwise = storedOtherwise(exam.volume)
    expectInTissue(exam, placeTissueRegions(otherwise, exam.bodies), SOUGHT, otherwise)

    const { trunkDepthMm } = base.patient
    const prone = faceDown(exam.volume, trunkDepthMm / 2 + 1)
    const clean = faceDown(exam.clean, trunkDepthMm / 2 + 1)
    const placed = placeTissueRegions(prone, exam.bodies)
    expectInTissue({ ...exam, clean }, placed, SOUGHT, prone)
    // Not under skin that lies on the couch, which is before the belly now.
    for (const { roi } of regionsOf(placed, 'adipose'))
      expect(roi.center[1]).toBeGreaterThan(-trunkDepthMm / 2 + 20)
  })

  it.each([0, 1, 2, 3, 4, 5])(
    'finds muscle and blood in patient %i of a series, and fat where it is thick',
    (index) => {
      const drawn = randomPatientParameters(20261129, index)
      // Beam hardening is not in the truth.
      const { beamHardeningPercent: _, ...scanner } = drawn.scanner
      const exam = tissueExam(
        coarseField({ ...drawn, scanner }, Math.max(380, 512 * drawn.acquisition.pixelSpacingMm), {
          fieldCenterXMm: 0,
          fieldCenterYMm: 20,
        }),
      )
      const placed = placeTissueRegions(exam.volume, exam.bodies)
      const hasFat = drawn.patient.subcutaneousFatMm >= 13
      expectInTissue(exam, placed, hasFat ? SOUGHT : ['air', 'skeletalMuscle', 'blood'])
      if (regionsOf(placed, 'adipose').length > 0) expectInTissue(exam, placed, ['adipose'])
    },
  )

  it('refuses fat and air by value in a small field, and fat of a lean patient', () => {
    const small = tissueExam(
      coarseField(statedExam({}, { phantom: null }), 130, {
        fieldCenterXMm: defaultExamParameters.spine.centerXMm,
        fieldCenterYMm: defaultExamParameters.spine.centerYMm + 18,
      }),
    )
    const placed = placeTissueRegions(small.volume, small.bodies)
    expectInTissue(small, placed, ['skeletalMuscle', 'blood'])
    for (const tissue of ['air', 'adipose'] as const) {
      expect(placed[tissue].found).toBe(false)
      expect(reasonOf(placed, tissue)).toBe('no skin with clean air before it in the field')
    }
    const lean = tissueExam(coarseField(statedExam({}, { patient: patient({ subcutaneousFatMm: 5 }) }), 400))
    const ofLean = placeTissueRegions(lean.volume, lean.bodies)
    expectInTissue(lean, ofLean, ['air', 'skeletalMuscle', 'blood'])
    expect(reasonOf(ofLean, 'adipose')).toBe('the fat under free skin is too thin')
  })

  it('refuses every tissue by value without a body, and where the scan does not reach the bodies', () => {
    const exam = tissueExam(coarseField(base, 130))
    const [first] = exam.bodies
    const far = { ...first!, center: [0, 0, 5000] as unknown as (typeof exam.bodies)[0]['center'] }
    for (const bodies of [[], [far]]) {
      const placed = placeTissueRegions(exam.volume, bodies)
      expect(TISSUES.map((tissue) => reasonOf(placed, tissue))).toEqual(
        TISSUES.map(() => 'no vertebral body in the scan'),
      )
    }
  })

  it('tells its share as it goes and ends when told to', () => {
    const exam = tissueExam(coarseField(base, 130))
    const shares: number[] = []
    placeTissueRegions(exam.volume, exam.bodies, { onProgress: (share) => shares.push(share) })
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.length).toBeGreaterThan(10)
    expect(shares.at(-1)).toBe(1)
    const stop = new Error('stopped')
    const onProgress = (share: number) => {
      if (share > 0.6) throw stop
    }
    expect(() => placeTissueRegions(exam.volume, exam.bodies, { onProgress })).toThrow(stop)
  })
})
