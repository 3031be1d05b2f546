import { describe, expect, it } from 'vitest'
import type { TissueReference } from '../../../../src/core/calibration/tissue/referenceLine.ts'
import {
  parseTissueReference,
  parseTissueSpread,
  tissueReferenceFile,
} from '../../../../src/core/calibration/tissue/tissueFiles.ts'
import { mgPerCm3 } from '../../../../src/core/units.ts'
import { codeOf } from '../seededNormal.ts'

const learned: TissueReference = {
  origin: 'pre-calibration',
  mineral: 'HA',
  kvp: 120,
  scans: 12,
  citation: '12 scans of device S1',
  tissues: {
    adipose: { density: mgPerCm3(-80.25), sd: mgPerCm3(4.5) },
    skeletalMuscle: { density: mgPerCm3(42), sd: mgPerCm3(5) },
  },
  learned: {
    deviceSerial: 'S1',
    model: 'Model',
    phantom: 'mindways-model-3',
    firstDate: '2026-01-31',
    lastDate: '2026-03-02',
    residualsMgPerCm3: { adipose: [-1.5, 1.5] },
  },
}

describe('the file of reference densities', () => {
  it('is read back as it was written', () => {
    expect(parseTissueReference(JSON.parse(JSON.stringify(tissueReferenceFile(learned))))).toEqual(learned)
  })

  it('is refused without source, with one tissue, an unknown tissue, or scans that nobody made', () => {
    const file = tissueReferenceFile(learned)
    const refused = (change: object) =>
      expect(codeOf(() => parseTissueReference({ ...file, ...change }))).toBe('TISSUE_FILE_INVALID')
    refused({ citation: ' ' })
    refused({ schemaVersion: 2 })
    refused({ tissues: { adipose: file.tissues.adipose } })
    refused({ tissues: { ...file.tissues, liver: file.tissues.adipose } })
    refused({ scans: null })
    refused({ origin: 'user' })
    refused({ origin: 'user', scans: null }) // a user's values are not of a scanner
    refused({ learned: { ...learned.learned, patient: 'P1' } })
    refused({ learned: { ...learned.learned, deviceSerial: ' ' } })
  })

  it('may leave the scanner unsaid, as those of earlier versions do', () => {
    const { learned: _, ...earlier } = tissueReferenceFile(learned)
    expect(parseTissueReference(earlier)).not.toHaveProperty('learned')
  })
})

describe('the file of spreads', () => {
  const file = {
    schemaVersion: 1,
    citation: 'site data',
    sdHu: { adipose: 12, skeletalMuscle: 8, blood: 8, corticalBone: 200 },
  }
  it('needs a source and one SD of every tissue, none below zero', () => {
    expect(parseTissueSpread(file)).toEqual({ citation: file.citation, sdHu: file.sdHu })
    const plausibleEnergy = [{ kvp: 140, lowKeV: 65, highKeV: 95 }]
    expect(parseTissueSpread({ ...file, plausibleEnergy })).toMatchObject({ plausibleEnergy })
    for (const change of [
      { citation: '' },
      { plausibleEnergy: [{ kvp: 140, lowKeV: 95, highKeV: 65 }] },
      // No photon carries more than the tube voltage.
      { plausibleEnergy: [{ kvp: 80, lowKeV: 45, highKeV: 90 }] },
      { sdHu: { ...file.sdHu, adipose: -1 } },
      { sdHu: { ...file.sdHu, blood: undefined } },
    ]) {
      expect(codeOf(() => parseTissueSpread({ ...file, ...change }))).toBe('TISSUE_FILE_INVALID')
    }
  })
})
