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

it('has a line per level and route, and says which is used', () => {
  const record = exampleRecord()
  for (const { byCalibration } of record.results.spine.levels) {
    const [own] = byCalibration
    if (own !== undefined)
      byCalibration.push({ ...own, route: 'dual-energy', calibration: 'dual-energy', vbmdMgPerCm3: 104.5 })
  }
  const [header, ...lines] = measurementsCsv(record).trimEnd().split('\r\n')
  const column = (name: string) => header?.split(',').indexOf(name) ?? -1
  const cell = (line: string, name: string) => line.split(',')[column(name)]
  expect(lines.map((line) => [cell(line, 'level'), cell(line, 'route'), cell(line, 'isUsed')])).toEqual([
    ['L1', 'in-scan', 'yes'],
    ['L1', 'dual-energy', 'no'],
    ['L2', 'in-scan', 'yes'],
    ['L2', 'dual-energy', 'no'],
  ])
  expect(cell(lines[1] ?? '', 'vbmdMgPerCm3')).toBe('104.5')
  expect(cell(lines[1] ?? '', 'noiseStandardUncertaintyMgPerCm3')).toBe('0.52')
})
