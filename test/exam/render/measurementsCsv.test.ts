import { expect, it } from 'vitest'
import { measurementsCsv } from '../../../src/exam/render/measurementsCsv.ts'
import { exampleRecord } from '../record/exampleRecord.ts'

it('has one line per level with units in the column names and the values unrounded', () => {
  const [header, ...lines] = measurementsCsv(exampleRecord()).trimEnd().split('\r\n')
  const column = (name: string) => header?.split(',').indexOf(name) ?? -1
  expect(lines).toHaveLength(2)
  const cells = lines[0]?.split(',') ?? []
  expect(cells[column('level')]).toBe('L1')
  expect(cells[column('vbmdMgPerCm3')]).toBe('118.2')
  expect(cells[column('meanHu')]).toBe('151.25')
  expect(cells[column('phantom')]).toBe('b-mas-200')
  expect(cells[column('slopeMgPerCm3PerHu')]).toBe('0.7407')
})

it('has the same columns for a refused level, empty where there is no value', () => {
  const record = exampleRecord()
  record.results.spine.levels = [
    {
      ...record.results.spine.levels[0]!,
      status: 'refused',
      refusal: { code: 'ENDPLATES_NOT_FOUND', message: '' },
      vbmdMgPerCm3: null,
      meanHu: null,
      calibration: null,
    },
  ]
  const [header, line] = measurementsCsv(record).trimEnd().split('\r\n')
  expect(line?.split(',')).toHaveLength(header?.split(',').length ?? 0)
  expect(line).toContain('ENDPLATES_NOT_FOUND')
})
