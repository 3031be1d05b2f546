import { describe, expect, it } from 'vitest'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { recordToCompare } from '../../../src/viewer/state/comparison.ts'
import { chosenRecord, comparedRecord } from '../tasks/comparedRecord.ts'

const decided = (record: ExamRecord, change: Partial<ExamRecord['decisions']>): ExamRecord => ({
  ...record,
  decisions: { ...record.decisions, ...change },
})

describe('the record whose routes are shown', () => {
  const compared = comparedRecord()
  const chosen = chosenRecord(compared)

  it('is the last comparison while only the choice of the route changed', () => {
    expect(recordToCompare(chosen, compared)).toBe(compared)
    expect(recordToCompare(chosen, null)).toBe(chosen)
  })

  it('is the present record once anything was decided on which values depend', () => {
    const region = {
      tissue: 'blood',
      centerLps: [0, 0, 0],
      radiusMm: 5,
      heightMm: null,
      source: 'roi file',
    } as const
    const others: Partial<ExamRecord['decisions']>[] = [
      { rois: [] },
      { levels: ['L3'] },
      { exclusions: [{ level: 'L1', reason: 'fracture', note: null }] },
      { tissueRegions: [{ ...region, centerLps: [0, 0, 0] }] },
      { calibration: { ...chosen.decisions.calibration, phantomRequested: 'mindways-model-3' } },
      {
        calibration: { ...chosen.decisions.calibration, dualEnergy: { otherSeriesUid: '1.4', basis: null } },
      },
    ]
    for (const change of others) {
      const other = decided(chosen, change)
      expect(recordToCompare(other, compared)).toBe(other)
    }
  })

  it('is a new comparison as soon as there is one', () => {
    const again = comparedRecord()
    expect(recordToCompare(again, compared)).toBe(again)
  })
})
