import { describe, expect, it } from 'vitest'
import type { DoseReport } from '../../../src/core/dose/doseReport.ts'
import { readDoseReport } from '../../../src/dicom/dose/readDoseReport.ts'
import { readHeader } from '../../../src/dicom/readHeader.ts'
import {
  BODY,
  box,
  coded,
  dcm,
  doseItems,
  doseReportBytes,
  event,
  number,
  type TestEvent,
  type TestReport,
  words,
} from './srFixture.ts'

async function read(report: TestReport = {}): Promise<DoseReport> {
  const { attributes } = await readHeader(new Blob([doseReportBytes(report)]), () => true)
  return readDoseReport(attributes)
}
const readOne = async (changes: TestEvent) => (await read({ events: [event(changes)] })).events[0]!
const codes = (doubts: readonly { code: string }[]) => doubts.map(({ code }) => code)

describe('readDoseReport', () => {
  it('reads an event with the digits of its source', async () => {
    const { events, warnings, subject } = await read()
    expect(warnings).toEqual([])
    expect(subject).toEqual({
      patientId: 'ID-1',
      patientName: 'Test^Case',
      patientBirthDate: '1950-07-04',
      patientSex: 'F',
      studyInstanceUid: '1.2.3',
    })
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      doubts: [],
      event: {
        eventUid: '1.2.9.1',
        acquisitionType: 'spiral',
        protocol: 'Abdomen',
        ctdiVol: { value: 10.5, digits: '10.50' },
        dlp: { value: 105, digits: '105.00' },
        phantomCm: 32,
      },
    })
  })

  it('reads the same in implicit and big endian encoding', async () => {
    const explicit = await read()
    expect(await read({ writing: 'implicit-le' })).toEqual(explicit)
    expect(await read({ writing: 'explicit-be' })).toEqual(explicit)
  })

  it('goes by code value: SRT, SCT and old designators are one, and meanings are not looked at', async () => {
    for (const type of [
      ['SRT', 'P5-08001', 'Sequenced Acquisition'],
      ['SCT', '116152004', ''],
      ['SNM3', 'P5-08001'],
      ['99SDM', 'P5-08001'],
      ['UMLS', 'C0860888'],
    ] as const)
      expect((await readOne({ type })).event.acquisitionType, type.join()).toBe('spiral')
    for (const type of [
      ['99XYZ', '113805', 'Constant Angle Acquisition'],
      ['DCM', '999999', 'Spiral Acquisition'],
      ['SRT', '113805'],
    ] as const) {
      const { event: read, doubts } = await readOne({ type })
      expect(read.acquisitionType, type.join()).toBeUndefined()
      expect(codes(doubts)).toContain('DOSE_ACQUISITION_TYPE_UNKNOWN')
    }
  })

  it('accepts DLP in both spellings of its unit, and no other unit', async () => {
    const dlp = (unit: string) => [
      number('113830', '10.5'),
      coded(dcm('113835'), BODY),
      number('113838', '105', unit),
    ]
    for (const unit of ['mGy.cm', 'mGycm'])
      expect((await readOne({ dose: dlp(unit) })).event.dlp).toEqual({ value: 105, digits: '105' })
    for (const unit of ['mGy', 'Gy.cm', 'cGy.cm', 'mGy·cm', '']) {
      const { event: read, doubts } = await readOne({ dose: dlp(unit) })
      expect(read.dlp, unit).toBeUndefined()
      expect(codes(doubts), unit).toEqual(['DOSE_UNIT_UNKNOWN'])
    }
  })

  it('takes no number from a text that is none, although its first digits look like one', async () => {
    for (const text of ['10.50/ 15.00', '10,5', '10.5 mGy', '1e999', 'NaN', '0x10', '-3', '10.5\\12']) {
      const { event: read, doubts } = await readOne({ dose: doseItems(text, '105') })
      expect(read.ctdiVol, text).toBeUndefined()
      expect(codes(doubts), text).toEqual(['DOSE_NUMBER_UNREADABLE'])
    }
  })

  it('says which value is missing, empty or zero', async () => {
    const missing = await readOne({ dose: [coded(dcm('113835'), BODY), number('113838', null, 'mGy.cm')] })
    expect(missing.doubts.map(({ message }) => message.match(/no (CTDIvol|DLP)/)?.[1])).toEqual([
      'CTDIvol',
      'DLP',
    ])
    const zero = await readOne({ dose: doseItems('0', '0.00') })
    expect(codes(zero.doubts)).toEqual(['DOSE_VALUE_ZERO', 'DOSE_VALUE_ZERO'])
    expect((await readOne({ dose: null })).doubts.map(({ code }) => code)).toEqual([
      'DOSE_VALUE_MISSING',
      'DOSE_VALUE_MISSING',
      'DOSE_PHANTOM_NOT_STATED',
    ])
  })

  it('never assumes a phantom', async () => {
    const silent = await readOne({ dose: doseItems('10.5', '105', null) })
    expect(silent.event.phantomCm).toBeUndefined()
    expect(codes(silent.doubts)).toEqual(['DOSE_PHANTOM_NOT_STATED'])
    const other = await readOne({ dose: doseItems('10.5', '105', ['99GE', 'BODY']) })
    expect(other.event.phantomCm).toBeUndefined()
    expect(codes(other.doubts)).toEqual(['DOSE_PHANTOM_UNKNOWN'])
    expect((await readOne({ dose: doseItems('10.5', '105', dcm('113690')) })).event.phantomCm).toBe(16)
  })

  it('leaves out a value that is stated twice with different digits, and takes one that is repeated alike', async () => {
    const twice = await readOne({ dose: [...doseItems('10.5', '105'), number('113830', '11.5')] })
    expect(twice.event.ctdiVol).toBeUndefined()
    expect(codes(twice.doubts)).toEqual(['DOSE_VALUE_REPEATED'])
    const containers = await readOne({ more: [box('113829', doseItems('99', '105.00'))] })
    expect(containers.event.ctdiVol).toBeUndefined()
    expect(containers.event.dlp?.digits).toBe('105.00')
    const alike = await readOne({ more: [box('113829', doseItems('10.50', '105.00'))] })
    expect(alike.doubts).toEqual([])
  })

  it('asks no dose of a localizer, with a dose container or without', async () => {
    for (const dose of [null, doseItems('0', '0'), doseItems('0.14', '11.51')]) {
      const { doubts, event: read } = await readOne({ type: dcm('113805'), dose })
      expect(doubts).toEqual([])
      expect(read.acquisitionType).toBe('constant-angle')
    }
  })

  it('reads a target region without a code, an empty code value, and none at all', async () => {
    expect(
      (
        await read({
          events: [
            event({ region: null }),
            event({ uid: '1.2.9.2', region: null, more: [coded(dcm('123014'), null)] }),
          ],
        })
      ).events.map(({ event: read }) => read.targetRegion),
    ).toEqual([undefined, undefined])
    expect((await readOne({ region: ['SRT', ''] })).event.targetRegion).toBeUndefined()
    expect((await readOne({ region: ['SCT', '818981001', 'x'] })).event.targetRegion?.value).toBe('818981001')
  })

  it('reads two tubes with a voltage each', async () => {
    const tube = (kv: string, rotation: string) =>
      box('113831', [words('113832', kv), number('113733', kv, 'kV'), number('113834', rotation, 's')])
    const { event: read } = await readOne({
      parameters: [number('113823', '2', '{X-Ray sources}'), tube('100', '0.28'), tube('140', '0.28')],
    })
    expect(read.sourceCount?.value).toBe(2)
    expect(read.sources.map(({ kvp }) => kvp?.value)).toEqual([100, 140])
  })

  it('finds the tube current by its code, whatever it is called', async () => {
    const named: TestEvent = {
      parameters: [
        box('113831', [
          [
            [0x0040_a040, 'CS', 'NUM'],
            [
              0x0040_a043,
              'SQ',
              [
                [
                  [0x0008_0100, 'SH', '113734'],
                  [0x0008_0102, 'SH', 'DCM'],
                  [0x0008_0104, 'LO', 'Mean X-Ray Tube Current'],
                ],
              ],
            ],
            ...number('113734', '176', 'mA').filter(([tag]) => tag === 0x0040_a300),
          ],
        ]),
      ],
    }
    expect((await readOne(named)).event.sources[0]?.current?.digits).toBe('176')
  })

  it('doubts milliseconds under the unit of seconds', async () => {
    const spiral = (time: string) => [
      number('113824', time, 's'),
      number('113825', '212', 'mm'),
      number('113827', '24', 'mm'),
      number('113828', '0.042', '{ratio}'),
      box('113831', [number('113834', '0.5', 's')]),
    ]
    // 212 mm at 0.042 × 24 mm per 0.5 s take 105 s
    const slip = await readOne({ parameters: spiral('105160'), dose: doseItems('23.7', '502') })
    expect(codes(slip.doubts)).toEqual(['DOSE_TIME_IMPLAUSIBLE'])
    expect((await readOne({ parameters: spiral('105.2'), dose: doseItems('23.7', '502') })).doubts).toEqual(
      [],
    )
  })

  it('reads Dose Check: limits, forward estimates and what was written for going on', async () => {
    const { event: read } = await readOne({
      dose: [
        ...doseItems('10.50', '105.00'),
        box('113900', [
          coded(dcm('113901'), ['SCT', '373066001']),
          coded(dcm('113902'), ['SRT', 'R-00339']),
          number('113903', '100.00', 'mGy.cm'),
          number('113905', '105.00', 'mGy.cm'),
          words('113907', 'large patient'),
        ]),
        box('113908', [coded(dcm('113909'), ['SCT', '373067005']), coded(dcm('113910'), ['99', 'maybe'])]),
      ],
    })
    expect(read.alert).toMatchObject({
      isDlpConfigured: true,
      isCtdiVolConfigured: false,
      dlpLimit: { digits: '100.00' },
      dlpForwardEstimate: { digits: '105.00' },
      reasonForProceeding: 'large patient',
    })
    expect(read.notification).toEqual({ isDlpConfigured: false })
  })

  it('reads the label that links an event to a series, and a repeat with its reason', async () => {
    const { event: read } = await readOne({
      more: [
        words('113605', '4', [coded(dcm('113606'), dcm('113607'))]),
        coded(dcm('128551'), ['SCT', '373066001']),
        coded(dcm('128552'), ['DCM', '111207', 'motion']),
      ],
    })
    expect(read.label).toEqual({ text: '4', numbers: 'series' })
    expect(read.isRepeated).toBe(true)
    expect(read.repeatReason?.value).toBe('111207')
  })

  it('survives a person name written as a value type, and items without a name', async () => {
    const odd = event({
      more: [
        [
          [0x0040_a040, 'CS', 'PERSON NAME'],
          [0x0040_a123, 'PN', 'Somebody'],
        ],
        [[0x0040_a040, 'CS', 'TEXT']],
      ],
    })
    expect((await read({ events: [odd] })).events[0]?.event.dlp?.value).toBe(105)
  })

  it('takes the text of a report as its character set declares it, and doubts UTF-8 under another', async () => {
    const name = String.fromCharCode(...new TextEncoder().encode('Schädel'))
    const declared = await read({
      events: [event({ protocol: name })],
      header: { 524293: [0x0008_0005, 'CS', 'ISO_IR 192'] },
    })
    expect(declared.events[0]?.event.protocol).toBe('Schädel')
    expect(declared.warnings).toEqual([])
    const wrong = await read({
      events: [event({ protocol: name })],
      header: { 524293: [0x0008_0005, 'CS', 'ISO_IR 100'] },
    })
    expect(wrong.events[0]?.event.protocol).toBe('SchÃ¤del')
    expect(codes(wrong.warnings)).toEqual(['DOSE_TEXT_ENCODING'])
    const latin = await read({
      events: [event({ protocol: 'Sch\xe4del' })],
      header: { 524293: [0x0008_0005, 'CS', 'ISO_IR 100'] },
    })
    expect(latin.events[0]?.event.protocol).toBe('Schädel')
    expect(latin.warnings).toEqual([])
  })

  it('notices fewer events than announced, and a total its events do not add up to', async () => {
    const report = await read({
      totals: [number('113812', '2', '{events}'), number('113813', '311.00', 'mGy.cm')],
    })
    expect(codes(report.warnings)).toEqual(['DOSE_EVENTS_MISSING', 'DOSE_TOTAL_DIFFERS'])
    const whole = await read({
      totals: [number('113812', '1', '{events}'), number('113813', '105', 'mGy.cm')],
    })
    expect(whole.warnings).toEqual([])
  })

  it('says when a report calls itself partial', async () => {
    const partial = await read({ header: { 4236433: [0x0040_a491, 'CS', 'PARTIAL'] } })
    expect(codes(partial.warnings)).toEqual(['DOSE_REPORT_PARTIAL'])
  })

  it('refuses a report of another title, of another modality, and one without events', async () => {
    await expect(read({ title: ['LN', '18748-4'] })).rejects.toMatchObject({ code: 'DOSE_REPORT_NOT_DOSE' })
    await expect(read({ title: ['99X', '113701'] })).rejects.toMatchObject({ code: 'DOSE_REPORT_NOT_DOSE' })
    await expect(read({ procedure: dcm('113704') })).rejects.toMatchObject({
      code: 'DOSE_REPORT_NOT_CT',
      details: { found: '113704' },
    })
    await expect(read({ procedure: null, events: [] })).rejects.toMatchObject({ code: 'DOSE_REPORT_NOT_CT' })
    await expect(read({ events: [] })).rejects.toMatchObject({ code: 'DOSE_REPORT_WITHOUT_EVENTS' })
  })

  it('reads a report that does not code its procedure by its content', async () => {
    expect((await read({ procedure: null })).events).toHaveLength(1)
    expect((await read({ procedure: ['SCT', '77477000'] })).events).toHaveLength(1)
  })

  it('refuses a content tree deeper than any report', async () => {
    let deep = words('121106', 'bottom')
    for (let n = 0; n < 40; n++) deep = box('113822', [deep])
    await expect(read({ more: [deep] })).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
      details: { found: 'content tree' },
    })
  })
})
