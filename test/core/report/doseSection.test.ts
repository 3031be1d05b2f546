import { describe, expect, it } from 'vitest'
import type { ReportDoseEvent, ReportDoseInput } from '../../../src/core/report/reportDoseInput.ts'
import { doseSection } from '../../../src/core/report/sections/dose.ts'

const event = (changes: Partial<ReportDoseEvent> = {}): ReportDoseEvent => ({
  exposureEvent: 1,
  series: '2',
  protocol: null,
  acquisitionType: 'spiral',
  anatomicArea: ['abdomen'],
  areaSource: 'person',
  phantomCm: 32,
  phantomSource: 'dose object',
  ctdiVolMgy: 6.2,
  ctdiVolDigits: '6.20',
  dlpMgyCm: 211.63,
  dlpDigits: '211.63',
  source: '113856',
  doubts: [],
  ...changes,
})
const scout = event({ exposureEvent: null, series: '1', acquisitionType: 'constant-angle' })
const input = (events: readonly ReportDoseEvent[], name: string | null = null): ReportDoseInput => ({
  inputs: { patient: { patientName: name, patientId: null } },
  results: { dose: { events, warnings: [] } },
})
const rows = (...events: readonly ReportDoseEvent[]) => doseSection(input(events)).table?.rows
const sentences = (...events: readonly ReportDoseEvent[]) =>
  doseSection(input(events)).statements.map(({ text }) => text)

describe('doseSection', () => {
  it('says that nothing was read, and what to do', () => {
    for (const dose of [null, { events: [], warnings: [{ code: 'X', message: 'Of another patient.' }] }]) {
      const section = doseSection({ ...input([]), results: { dose } })
      expect(section.table).toBeUndefined()
      expect(section.statements[0]?.text).toMatch(/Record CTDIvol and DLP per series/)
      expect(section.statements).toHaveLength(dose === null ? 1 : 2)
    }
  })

  it('prints the table of the first example of UC-DOSE (2012), appendix A: scout unnumbered, digits of the sheet', () => {
    expect(rows(scout, event())).toEqual([
      ['—', '1', 'Localizer', '—', '—', '—'],
      ['1', '2', 'Abdomen', '32 cm', '6.20', '211.63'],
    ])
    expect(doseSection(input([scout, event()])).lead?.text).toBe(
      'This patient received a total of 1 exposure event during this CT examination. The CTDIvol and DLP radiation dose values for each series are:',
    )
  })

  it('never prints a dose of a localizer, although the report states one', () => {
    expect(rows(scout)?.flat()).not.toContain('6.20')
  })

  it('names the patient and counts in the plural', () => {
    const two = [event(), event({ exposureEvent: 2 })]
    expect(doseSection(input(two, 'Example^Anna')).lead?.text).toMatch(
      /^Patient Example, Anna received a total of 2 exposure events/,
    )
  })

  it('adds nothing: no number of the section is a sum of others', () => {
    const numbers = JSON.stringify(doseSection(input([event(), event({ exposureEvent: 2 })]))).match(
      /[\d.]+/g,
    )
    expect(numbers).not.toContain('423.26')
    expect(numbers).not.toContain('12.4')
  })

  it('explains the indicators in the words of UC-DOSE 2.C.5', () => {
    expect(sentences(event())[0]).toMatch(/These indicators are not patient dose.*A medical physicist/)
  })

  it('marks what was inferred, what a person stated and what is not known', () => {
    const open = event({ anatomicArea: null, areaSource: null, phantomCm: null, phantomSource: null })
    expect(rows(open)?.[0]?.slice(2, 4)).toEqual(['not stated', 'not stated'])
    expect(sentences(open).join()).toMatch(/area of 1 exposure event is not known/)
    const inferred = event({ anatomicArea: ['chest', 'abdomen', 'pelvis'], areaSource: 'protocol' })
    expect(rows(inferred)?.[0]?.[2]).toBe('Chest/Abdomen/Pelvis*')
    expect(sentences(inferred).join()).toMatch(
      /inferred by the program from the acquisition protocol; to be confirmed/,
    )
    const stated = event({ phantomCm: 16, phantomSource: 'person' })
    expect(rows(stated)?.[0]?.[3]).toBe('16 cm†')
    expect(sentences(stated).join()).toMatch(/stated by the reader/)
    expect(sentences(event()).join()).not.toMatch(/[*†]/)
  })

  it('names a scan by number and protocol, by one of them, or by how it moved', () => {
    const cell = (changes: Partial<ReportDoseEvent>) => rows(event(changes))?.[0]?.[1]
    expect(cell({ protocol: 'TAP' })).toBe('2 (TAP)')
    expect(cell({ series: null, protocol: 'TAP' })).toBe('TAP')
    expect(cell({ series: null })).toBe('Helical')
    expect(cell({ series: null, acquisitionType: null })).toBe('—')
  })

  it('prints every doubt with the number of its event', () => {
    const doubts = [{ code: 'DOSE_X', message: 'The lengths do not fit.' }]
    expect(sentences(event({ doubts }))).toContain('Exposure event 1: The lengths do not fit.')
    expect(sentences(event({ ...scout, doubts }))).toContain('Localizer: The lengths do not fit.')
  })

  it('leaves a missing value blank, and says where the numbers come from', () => {
    expect(rows(event({ ctdiVolMgy: null, ctdiVolDigits: null }))?.[0]?.[4]).toBe('—')
    expect(sentences(event({ source: '113868' })).join()).toMatch(/human-readable sheet/)
    expect(sentences(event({ source: null })).join()).toMatch(/does not say how it was made/)
  })
})
