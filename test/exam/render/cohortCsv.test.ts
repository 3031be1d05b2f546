import { expect, it } from 'vitest'
import { cohortCsv } from '../../../src/exam/render/cohortCsv.ts'
import { exampleRecord } from '../record/exampleRecord.ts'

it('has one line per study, with the reason code of each that was refused or failed, and no patient name', () => {
  const refused = {
    ...exampleRecord(),
    status: 'refused' as const,
    refusal: { code: 'RODS_NOT_FOUND', message: 'why' },
  }
  const text = cohortCsv([
    { folder: 'a', record: exampleRecord(), failure: null },
    { folder: 'b', record: refused, failure: null },
    { folder: 'c', record: null, failure: { code: 'UNEXPECTED', message: 'fault' } },
  ])
  const lines = text.trimEnd().split('\r\n')
  expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual([
    ['folder', 'status', 'reasonCode'],
    ['a', 'done', ''],
    ['b', 'refused', 'RODS_NOT_FOUND'],
    ['c', 'failed', 'UNEXPECTED'],
  ])
  expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1)
  expect(text).not.toContain('Anna')
})
