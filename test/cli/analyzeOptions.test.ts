import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnalyzeOptions, requestOf } from '../../src/cli/analyze/analyzeOptions.ts'

const plain: AnalyzeOptions = { calibration: 'auto', out: 'out', resume: true }
const folder = mkdtempSync(join(tmpdir(), 'trabecula-options-'))
const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('the options of analyze', () => {
  it('stand for a request with the files they name', () => {
    const { request, warnings } = requestOf({
      ...plain,
      levels: 'l2, T12',
      phantom: 'b-mas-200',
      series: '1.2',
      roi: file('roi.json', '{"schemaVersion":1,"spine":[{"level":"L2","centerLps":[1,2,3]}],"hip":[]}'),
      patient: file('patient.json', '\uFEFF{"sex":"F","ageYears":72}'),
    })
    expect(request).toMatchObject({
      calibration: 'auto',
      phantom: 'b-mas-200',
      levels: ['T12', 'L2'], // cranial first, whatever the order of asking
      seriesUid: '1.2',
      patientFile: { sex: 'F', ageYears: 72 },
    })
    expect(request.roiFile?.spine).toHaveLength(1)
    expect(warnings).toMatchObject([{ code: 'INPUT_KEY_UNKNOWN', details: { keys: ['hip'] } }])
  })

  it.each([
    [{ levels: 'L9' }, 'OPTION_INVALID', /L9/],
    [{ levels: ',' }, 'OPTION_INVALID', /--levels/],
    [{ phantom: 'unknown' }, 'PHANTOM_UNKNOWN', /mindways-model-3/],
    [{ phantom: 'b-mas-200', calibration: 'none' }, 'OPTION_INVALID', /--phantom/],
    [{ roi: '/no/such.json' }, 'INPUT_NOT_READABLE', /ROI.*does not exist/],
    [{ roi: folder }, 'INPUT_NOT_READABLE', /folder/],
    [{ roi: file('bad-roi.json', '{"schemaVersion":1,"spine":[{}]}') }, 'ROI_FILE_INVALID', /spine\[0\]/],
    [{ patient: file('bad-patient.json', '{"sex":"Anna"}') }, 'PATIENT_FILE_INVALID', /sex/],
    [{ patient: file('broken.json', '{"sex": Anna}') }, 'JSON_INVALID', /out of place/],
    [{ patient: file('short.json', '{"sex":') }, 'JSON_INVALID', /patient/],
  ] as const)('%j is refused with %s', (options, code, message) => {
    const attempt = () => requestOf({ ...plain, ...options })
    expect(attempt).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
    expect(attempt).not.toThrow(/Anna/)
  })
})
