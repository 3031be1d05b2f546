import { describe, expect, it } from 'vitest'
import { requestOfDecisions } from '../../../src/exam/pipeline/requestOfDecisions.ts'
import { decisionsSchema, type ExamDecisions } from '../../../src/exam/record/decisions.ts'
import {
  askLevels,
  BLANK_DECISIONS,
  calibrateBy,
  confirm,
  type DecidedVoi,
  type DecisionEdit,
  exclude,
  measureSeries,
  placeAgain,
  placeRods,
  placeSeed,
  placeVoi,
  statePatient,
  writeText,
} from '../../../src/viewer/state/decisionEdits.ts'

const voi: DecidedVoi = {
  centerLps: [1, 2, 3],
  normalLps: [0, 0, 1],
  lateralLps: [1, 0, 0],
  radiiMm: [12, 8],
  heightMm: 9,
}

/** Decisions as they stand after an automatic run. */
const found: ExamDecisions = {
  ...BLANK_DECISIONS,
  rois: [
    { level: 'L1', placement: 'automatic', seedLps: [0, 0, 40], voi },
    { level: 'L2', placement: 'automatic', seedLps: [0, 0, 10], voi },
  ],
  rods: [{ label: 'A', centerLps: [0, 80, 0], radiusMm: 6, source: 'automatic' }],
}

const edited = (...edits: DecisionEdit[]) => edits.reduce((decisions, edit) => edit(decisions), found)

describe('edits of the decisions', () => {
  it('keep to the schema of the record, whatever is edited', () => {
    const changed = edited(
      placeVoi('L1', voi),
      placeSeed('T12', [0, 0, 70]),
      exclude('L2', { reason: 'fracture', note: null }),
      placeRods('mindways-model-3', [{ label: 'A', centerLps: [0, 80, 0], radiusMm: 6 }]),
      statePatient('heightCm', 160),
      writeText('findings', 'wedge of T12'),
      confirm('levelNaming', true),
    )
    expect(decisionsSchema.parse(changed)).toEqual(changed)
  })

  it('ask the pipeline for a moved VOI of its level and leave the other levels to the program', () => {
    const request = requestOfDecisions(edited(placeVoi('L1', voi)))
    expect(request.edits).toEqual([{ level: 'L1', ...voi }])
    expect(request.roiFile).toBeNull()
    expect(request.levels).toEqual(['L1', 'L2'])
  })

  it('ask for a clicked seed together with the seeds the program had found', () => {
    const request = requestOfDecisions(edited(placeSeed('L1', [5, 5, 41])))
    expect(request.roiFile?.spine).toEqual([
      { level: 'L2', centerLps: [0, 0, 10] },
      { level: 'L1', centerLps: [5, 5, 41] },
    ])
  })

  it('add the level of a seed to those asked for, in the order of the column', () => {
    expect(edited(placeSeed('T12', [0, 0, 70])).levels).toEqual(['T12', 'L1', 'L2'])
  })

  it('leave a level to the program again when it is placed again', () => {
    expect(requestOfDecisions(edited(placeVoi('L1', voi), placeAgain('L1')))).toEqual(
      requestOfDecisions(found),
    )
  })

  it('place a level again from its seed where others stand on seeds', () => {
    const request = requestOfDecisions(
      edited(placeSeed('L2', [1, 1, 11]), placeVoi('L1', voi), placeAgain('L1')),
    )
    expect(request.roiFile?.spine).toContainEqual({ level: 'L1', centerLps: [0, 0, 40] })
    expect(request.edits).toEqual([])
  })

  it('forget VOI and exclusion of a level that is not asked for any more', () => {
    const changed = edited(exclude('L2', { reason: 'fracture', note: null }), askLevels(['L1']))
    expect([changed.levels, changed.rois.length, changed.exclusions]).toEqual([['L1'], 1, []])
  })

  it('give rods by hand with the phantom they belong to, and let them go with another calibration', () => {
    const byHand = edited(placeRods('mindways-model-3', [{ label: 'A', centerLps: [1, 80, 0], radiusMm: 6 }]))
    expect(requestOfDecisions(byHand)).toMatchObject({
      phantom: 'mindways-model-3',
      roiFile: { rods: [{ label: 'A', centerLps: [1, 80, 0], radiusMm: 6 }] },
    })
    expect(requestOfDecisions(calibrateBy('auto', null)(byHand)).roiFile).toBeNull()
  })

  it('hold one of birth date and age, the one stated last', () => {
    const changed = edited(statePatient('ageYears', 70), statePatient('birthDate', '1950-01-01'))
    expect([changed.patient.ageYears, changed.patient.birthDate]).toEqual([null, '1950-01-01'])
    expect(statePatient('ageYears', 71)(changed).patient).toMatchObject({ ageYears: 71, birthDate: null })
  })

  it('drop what lies in another volume when another series is measured', () => {
    const changed = edited(measureSeries('1.2.3'), confirm('levelNaming', true))
    expect(requestOfDecisions(changed)).toMatchObject({ seriesUid: '1.2.3', roiFile: null, edits: [] })
    expect(changed.rods).toEqual([])
  })

  it('never change the decisions they were given', () => {
    const before = structuredClone(found)
    edited(placeVoi('L1', voi), placeSeed('L2', [1, 1, 1]), placeAgain('L1'), askLevels(['L3']))
    expect(found).toEqual(before)
  })
})
