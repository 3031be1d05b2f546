import { describe, expect, it } from 'vitest'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../../src/core/calibration/asynchronous/storedCalibration.ts'
import { requestOfDecisions } from '../../../src/exam/pipeline/requestOfDecisions.ts'
import type { TissueRegion } from '../../../src/exam/record/calibrationInputs.ts'
import { decisionsSchema } from '../../../src/exam/record/decisions.ts'
import {
  chooseRoute,
  chooseSecondSeries,
  dropStored,
  dropTissue,
  giveBasis,
  givePolicy,
  giveRegions,
  giveStored,
  giveTissue,
  moveRegion,
} from '../../../src/viewer/state/calibrationEdits.ts'
import { BLANK_DECISIONS, type DecisionEdit } from '../../../src/viewer/state/decisionEdits.ts'

const stored = (date: string, slope = 0.8): StoredCalibration => ({
  schemaVersion: 2,
  origin: null,
  key: { deviceSerial: 'S', model: 'M', kvp: 120, phantomSerial: 'P' },
  acquisition: {
    kernel: null,
    tableHeightMm: null,
    reconstructionDiameterMm: null,
    sliceThicknessMm: null,
    monoenergeticKev: null,
  },
  date,
  phantom: 'b-mas-200',
  mineral: 'HA',
  line: {
    slopeMgPerCm3PerHu: slope,
    interceptMgPerCm3: 1,
    residualSdMgPerCm3: null,
    covariance: [0, 0, 0],
  },
})
const fat: TissueRegion = { tissue: 'adipose', centerLps: [1, 2, 3], radiusMm: 5, heightMm: null }
const spread = {
  spread: { sdHu: { adipose: 6, skeletalMuscle: 6, blood: 6, corticalBone: 9 }, citation: 'c' },
}
const basis = {
  schemaVersion: 1 as const,
  citation: 'c',
  pair: { unit: 'kVp' as const, low: 80, high: 140 },
  basis: null,
  rods: [
    { densityMgPerCm3: 0, lowHu: 0, highHu: 0, lowStandardErrorHu: 0, highStandardErrorHu: 0 },
    { densityMgPerCm3: 100, lowHu: 160, highHu: 110, lowStandardErrorHu: 0, highStandardErrorHu: 0 },
  ],
}

const edited = (...edits: DecisionEdit[]) =>
  decisionsSchema.parse(edits.reduce((decisions, edit) => edit(decisions), BLANK_DECISIONS))

describe('decisions about calibration routes', () => {
  it('keep what was given and placed when another route is chosen', () => {
    const decisions = edited(
      giveStored({ calibration: stored('2026-01-01'), quality: [] }),
      giveTissue(spread),
      giveRegions([fat]),
      chooseSecondSeries('1.4'),
      giveBasis(basis),
      chooseRoute('asynchronous'),
    )
    const request = requestOfDecisions(decisions)
    expect(request.calibration).toBe('asynchronous')
    expect(request.asynchronous?.stored).toHaveLength(1)
    expect(request.tissue).toMatchObject({ ...spread, regions: [fat] })
    expect(request.dualEnergy).toEqual({ otherSeriesUid: '1.4', basis })
  })

  it('replace a stored calibration of the same phantom scan, and drop one', () => {
    const twice = edited(
      giveStored({ calibration: stored('2026-01-01'), quality: [] }),
      giveStored({ calibration: stored('2026-02-01'), quality: [] }),
      giveStored({ calibration: stored('2026-01-01', 0.9), quality: [] }),
    )
    expect(
      twice.calibration.asynchronous?.stored.map(({ calibration: { date, line } }) => [
        date,
        line.slopeMgPerCm3PerHu,
      ]),
    ).toEqual([
      ['2026-02-01', 0.8],
      ['2026-01-01', 0.9],
    ])
    expect(dropStored(0)(twice).calibration.asynchronous?.stored).toHaveLength(1)
    expect(
      edited(giveStored({ calibration: stored('2026-01-01'), quality: [] }), dropStored(0)).calibration
        .asynchronous,
    ).toBeNull()
  })

  it('keep a policy of the site without any stored calibration, and nothing of the built-in one', () => {
    const own = { ...DEFAULT_ASYNCHRONOUS_POLICY, kernel: 'refuse' as const }
    expect(edited(givePolicy(own)).calibration.asynchronous?.policy.kernel).toBe('refuse')
    expect(edited(givePolicy(own), givePolicy(null)).calibration.asynchronous).toBeNull()
  })

  it('take back one kind of tissue values alone', () => {
    const reference = {
      reference: {
        schemaVersion: 1 as const,
        origin: 'user' as const,
        mineral: 'HA' as const,
        kvp: 120,
        scans: null,
        citation: 'c',
        tissues: {
          adipose: { densityMgPerCm3: -80, sdMgPerCm3: 1 },
          blood: { densityMgPerCm3: 30, sdMgPerCm3: 1 },
        },
      },
    }
    const decisions = edited(giveTissue(spread), giveTissue(reference), dropTissue('spread'))
    expect(decisions.calibration.tissue).toMatchObject({ ...reference, spread: null })
  })

  it("move one region and make all of them a person's", () => {
    const found: DecisionEdit = (decisions) => ({
      ...decisions,
      tissueRegions: [
        { ...fat, source: 'automatic' },
        { ...fat, tissue: 'blood', source: 'automatic' },
      ],
    })
    const { tissueRegions } = edited(found, moveRegion(1, [7, 8, 9]))
    expect(tissueRegions).toEqual([
      { ...fat, source: 'roi file' },
      { ...fat, tissue: 'blood', centerLps: [7, 8, 9], source: 'roi file' },
    ])
  })

  it('have no basis without a second series, and lose it with the series', () => {
    expect(edited(giveBasis(basis)).calibration.dualEnergy).toBeNull()
    const decisions = edited(chooseSecondSeries('1.4'), giveBasis(basis), chooseSecondSeries('1.5'))
    expect(decisions.calibration.dualEnergy).toEqual({ otherSeriesUid: '1.5', basis })
    expect(chooseSecondSeries(null)(decisions).calibration.dualEnergy).toBeNull()
  })
})
