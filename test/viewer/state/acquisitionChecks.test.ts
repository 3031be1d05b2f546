import { describe, expect, it } from 'vitest'
import { qctWarning } from '../../../src/core/errors.ts'
import { recordWarnings } from '../../../src/exam/pipeline/recordWarning.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { acquisitionChecks, checkVerdict } from '../../../src/viewer/state/acquisitionChecks.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

const record = exampleRecord()

/** A record with facts of its acquisition and doubts changed. */
const changed = (
  acquisition: Partial<NonNullable<ExamRecord['inputs']['acquisition']>>,
  warnings: ExamRecord['results']['warnings'] = [],
): ExamRecord => ({
  ...record,
  inputs: { ...record.inputs, acquisition: { ...record.inputs.acquisition!, ...acquisition } },
  results: { ...record.results, warnings: [...warnings] },
})

const check = (of: ExamRecord, item: string) => acquisitionChecks(of).find((one) => one.item === item)

describe('the acquisition check', () => {
  it('says never to scan again for the tube voltage alone', () => {
    const at140 = changed({ kvp: 140 }, recordWarnings([qctWarning('KVP_NOT_120', { kvp: 140 })]))
    expect(check(at140, 'kvp')).toMatchObject({ state: 'doubt', remedy: 'none' })
    expect(check(at140, 'kvp')!.found).toContain('140')
  })

  it('asks for another reconstruction where slices are thick or the kernel is sharp, which costs no dose', () => {
    const thick = changed(
      { sliceThicknessMm: 5, convolutionKernel: 'BONE' },
      recordWarnings([
        qctWarning('SLICES_THICK', { thickness: 5, limit: 3 }),
        qctWarning('KERNEL_SHARP', { kernel: 'BONE' }),
      ]),
    )
    expect(check(thick, 'thickness')).toMatchObject({ state: 'doubt', remedy: 'reconstruct' })
    expect(check(thick, 'kernel')).toMatchObject({ state: 'doubt', remedy: 'reconstruct' })
    expect(checkVerdict(thick, acquisitionChecks(thick))).toBe('reconstruct')
  })

  it('tells a contrast agent from none, and from what nobody stated', () => {
    expect(check(changed({ contrastBolusAgent: 'Iohexol' }), 'contrast')).toMatchObject({ state: 'doubt' })
    expect(check(changed({ contrastBolusAgent: null }), 'contrast')).toMatchObject({ state: 'good' })
    const unknown = changed(
      { contrastBolusAgent: null },
      recordWarnings([qctWarning('CONTRAST_UNKNOWN', {})]),
    )
    expect(check(unknown, 'contrast')).toMatchObject({ state: 'unknown' })
  })

  it('names a fact that the files do not state as unknown, never as good', () => {
    const silent = changed({
      kvp: null,
      convolutionKernel: null,
      tableHeightMm: null,
      sliceThicknessMm: null,
    })
    for (const item of ['kvp', 'kernel', 'table', 'thickness'])
      expect(check(silent, item), item).toMatchObject({ state: 'unknown' })
  })

  it('wants somebody asked before a level that is cut off is scanned again', () => {
    const [first] = record.results.spine.levels
    const cut: ExamRecord = {
      ...record,
      results: {
        ...record.results,
        spine: {
          ...record.results.spine,
          levels: [
            ...record.results.spine.levels.slice(1),
            { ...first!, status: 'refused', refusal: { code: 'BODY_AT_VOLUME_EDGE', message: 'cut off' } },
          ],
        },
      },
    }
    expect(check(cut, 'coverage')).toMatchObject({ remedy: 'ask', found: first!.level })
    expect(checkVerdict(cut, acquisitionChecks(cut))).toBe('ask')
  })

  it('finds a refused exam refused, whatever else is well', () => {
    const refused: ExamRecord = { ...record, status: 'refused', refusal: { code: 'X', message: 'x' } }
    expect(checkVerdict(refused, acquisitionChecks(refused))).toBe('refused')
  })

  it('doubts a phantom of which rods are missing, and names them', () => {
    const withPhantom: ExamRecord = {
      ...record,
      decisions: {
        ...record.decisions,
        calibration: { ...record.decisions.calibration, phantomUsed: 'mindways-model-3' },
      },
    }
    const used = withPhantom.results.calibration.rods.map(({ label }) => label)
    const found = check(withPhantom, 'phantom')!
    expect(found.state).toBe('doubt')
    for (const label of ['D', 'E'].filter((one) => !used.includes(one))) expect(found.advice).toContain(label)
  })
})
