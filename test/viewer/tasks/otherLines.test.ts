import { describe, expect, it } from 'vitest'
import { otherLines } from '../../../src/viewer/tasks/calibration/otherLines.ts'
import { comparedRecord } from './comparedRecord.ts'

describe('the lines beside the used one', () => {
  it('are those on the same mineral scale', () => {
    const record = comparedRecord()
    expect(otherLines(record, record.results.calibration, 'L1')).toEqual({
      lines: [{ route: 'asynchronous', slope: 0.9, intercept: -2 }],
      hasOtherScale: true,
    })
  })

  it("take a phantom's line in the slices of the level on screen", () => {
    const record = comparedRecord()
    const own = record.results.calibrations.find(({ id }) => id === 'L2')
    const steep = { ...record.results.calibrations[0]!, id: 'L2', slopeMgPerCm3PerHu: 0.77 }
    const calibrations = [...record.results.calibrations.filter((known) => known !== own), steep]
    const used = { method: 'asynchronous', mineral: 'HA' } as const
    const { lines } = otherLines({ ...record, results: { ...record.results, calibrations } }, used, 'L2')
    expect(lines).toEqual([{ route: 'in-scan', slope: 0.77, intercept: steep.interceptMgPerCm3 }])
  })
})
