import { describe, expect, it } from 'vitest'
import { type CalibrationFileKind, editOfFile } from '../../../src/viewer/state/calibrationFiles.ts'
import { BLANK_DECISIONS } from '../../../src/viewer/state/decisionEdits.ts'

const file = (value: unknown) => new Blob([typeof value === 'string' ? value : JSON.stringify(value)])
const regions = {
  schemaVersion: 1,
  tissues: [{ tissue: 'blood', centerLps: [1, 2, 3], radiusMm: 6, heightMm: 24 }],
}

describe('a file given for a route', () => {
  it('becomes one decision', async () => {
    const read = await editOfFile('regions', file(regions))
    if (!read.ok) throw new Error(read.failure.message)
    const { tissueRegions, calibration } = read.value(BLANK_DECISIONS)
    expect(tissueRegions).toEqual([{ ...regions.tissues[0], source: 'roi file' }])
    // Regions reach the pipeline with what tissues are calibrated by, which is therefore there.
    expect(calibration.tissue).not.toBeNull()
  })

  it.each<[CalibrationFileKind, unknown, string]>([
    ['stored', '{"schemaVersion":', 'JSON_INVALID'],
    ['stored', regions, 'ASYNCHRONOUS_FILE_INVALID'],
    ['policy', {}, 'ASYNCHRONOUS_FILE_INVALID'],
    ['tissue', {}, 'TISSUE_FILE_INVALID'],
    ['regions', { schemaVersion: 1 }, 'ROI_FILE_INVALID'],
    ['basis', {}, 'DUAL_ENERGY_FILE_INVALID'],
    ['basis', ' '.repeat(4 * 2 ** 20 + 1), 'INPUT_NOT_READABLE'],
  ])('as %s is refused by its code', async (kind, content, code) => {
    expect(await editOfFile(kind, file(content))).toMatchObject({ ok: false, failure: { code } })
  })
})
