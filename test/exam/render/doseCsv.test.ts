import { expect, it } from 'vitest'
import type { DoseEventResult } from '../../../src/exam/record/dose.ts'
import { doseCsv } from '../../../src/exam/render/doseCsv.ts'
import { exampleRecord } from '../record/exampleRecord.ts'

const event: DoseEventResult = {
  exposureEvent: 1,
  eventUid: '1.2.9.1',
  series: '2',
  protocol: '=TAP, late',
  acquisitionType: 'spiral',
  anatomicArea: ['chest', 'abdomen'],
  areaSource: 'protocol',
  phantomCm: 32,
  phantomSource: 'dose object',
  ctdiVolMgy: 5.3,
  ctdiVolDigits: '5.30',
  dlpMgyCm: 251.2,
  dlpDigits: '251.20',
  source: '113856',
  verdict: 'to confirm',
  doubts: [{ code: 'DOSE_LENGTH_IMPLAUSIBLE', message: 'x' }],
}

it('writes a line per event with the digits of the source, and no dose of a localizer', () => {
  const record = exampleRecord()
  const events = [{ ...event, exposureEvent: null, doubts: [] }, event]
  const csv = doseCsv({
    ...record,
    results: { ...record.results, dose: { objects: [], events, warnings: [] } },
  })
  const [header, scout, row, ...rest] = csv.split('\r\n')
  expect(rest).toEqual([''])
  expect(header?.split(',').slice(3, 13)).toEqual([
    'exposureEvent',
    'series',
    'protocol',
    'acquisitionType',
    'anatomicArea',
    'areaSource',
    'phantomCm',
    'phantomSource',
    'ctdiVolMgy',
    'dlpMgyCm',
  ])
  expect(row).toContain(
    `1,2,"'=TAP, late",spiral,chest/abdomen,protocol,32,dose object,5.30,251.20,113856,to confirm,DOSE_LENGTH_IMPLAUSIBLE,1.2.9.1`,
  )
  expect(scout).toContain('32,dose object,,,113856')
})

it('is a header alone without dose', () => {
  expect(doseCsv(exampleRecord()).split('\r\n')).toHaveLength(2)
})
