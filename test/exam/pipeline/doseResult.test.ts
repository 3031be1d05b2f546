import { describe, expect, it } from 'vitest'
import type { CtStudy } from '../../../src/dicom/ctStudy.ts'
import { openExam } from '../../../src/dicom/openExam.ts'
import { doseResult } from '../../../src/exam/pipeline/doseResult.ts'
import { type DoseDecisions, doseResultSchema, NO_DOSE_DECISIONS } from '../../../src/exam/record/dose.ts'
import { ctBytes, named, type TestElement } from '../../dicom/dicomBytes.ts'
import { dcm, doseItems, doseReportBytes, event, type TestReport } from '../../dicom/dose/srFixture.ts'

const changed = (elements: readonly TestElement[]) => Object.fromEntries(elements.map((one) => [one[0], one]))

/** The study of one slice and the given dose reports, as it is opened from files. */
async function studyOf(...reports: readonly TestReport[]): Promise<CtStudy> {
  const image = ctBytes(
    changed([
      [0x0008_1030, 'LO', 'CT chest'],
      [0x0008_3010, 'UI', '1.2.9.1'],
      [0x0018_0015, 'CS', 'LSPINE'],
      [0x0020_0011, 'IS', '4'],
    ]),
  )
  const files = reports.map((report, n) => named(doseReportBytes(report), `SR${n}`))
  const { studies } = await openExam([named(image), ...files])
  return studies[0]!
}

async function resultOf(decisions: Partial<DoseDecisions>, ...reports: readonly TestReport[]) {
  const result = doseResult(await studyOf(...reports), { ...NO_DOSE_DECISIONS, ...decisions })
  if (result !== null) doseResultSchema.parse(result)
  return result
}

const scout = event({ uid: '1.2.9.8', type: dcm('113805'), dose: null, protocol: 'Topogram' })
const otherPatient: TestReport = { header: changed([[0x0010_0020, 'LO', 'ID-2']]) }

describe('doseResult', () => {
  it('is null without a dose object', async () => {
    expect(await resultOf({})).toBeNull()
  })

  it('numbers irradiations in their order and leaves localizers without a number', async () => {
    const result = await resultOf(
      {},
      {
        events: [
          scout,
          event({ uid: '1.2.9.1' }),
          event({ uid: '1.2.9.2' }),
          scout,
          event({ uid: '1.2.9.3' }),
        ],
      },
    )
    expect(result?.events.map(({ exposureEvent }) => exposureEvent)).toEqual([null, 1, 2, null, 3])
  })

  it('takes the series number from the images, and the label of the report before it', async () => {
    const linked = await resultOf({}, { events: [event({ uid: '1.2.9.1' }), event({ uid: '1.2.9.2' })] })
    expect(linked?.events.map(({ series }) => series)).toEqual(['4', null])
  })

  it('proposes an area with its source, and lets a person decide it', async () => {
    const silent = { events: [event({ uid: '1.2.9.1', protocol: 'Routine', region: null })] }
    expect((await resultOf({}, silent))?.events[0]).toMatchObject({
      anatomicArea: ['chest'],
      areaSource: 'studyDescription',
    })
    const decided = await resultOf({ areas: { '1.2.9.1': ['spine'] } }, silent)
    expect(decided?.events[0]).toMatchObject({ anatomicArea: ['spine'], areaSource: 'person' })
  })

  it('leaves a phantom open until a person states it, and never overrules the report', async () => {
    const silent = { events: [event({ dose: doseItems('10.50', '105.00', null) })] }
    expect((await resultOf({}, silent))?.events[0]).toMatchObject({
      phantomCm: null,
      verdict: 'to confirm',
      doubts: [{ code: 'DOSE_PHANTOM_NOT_STATED' }],
    })
    expect((await resultOf({ phantoms: { '1.2.9.1': 16 } }, silent))?.events[0]).toMatchObject({
      phantomCm: 16,
      phantomSource: 'person',
      verdict: 'accepted',
      doubts: [],
    })
    expect((await resultOf({ phantoms: { '1.2.9.1': 16 } }, {}))?.events[0]).toMatchObject({
      phantomCm: 32,
      phantomSource: 'dose object',
    })
  })

  it('uses no report of another patient until a person accepts it', async () => {
    const refused = await resultOf({}, otherPatient)
    expect(refused?.events).toEqual([])
    expect(refused?.objects).toMatchObject([{ match: 'differs', differs: ['patient ID'], isUsed: false }])
    expect(refused?.warnings.map(({ code }) => code)).toEqual(['DOSE_REPORT_OTHER_PATIENT'])
    const accepted = await resultOf({ acceptedObjects: ['1.2.8.1'] }, otherPatient)
    expect(accepted?.events).toHaveLength(1)
    expect(accepted?.objects[0]).toMatchObject({ isUsed: true, isAcceptedByPerson: true })
    expect(accepted?.warnings).toEqual([])
  })

  it('uses no report of another study until a person accepts it', async () => {
    const other: TestReport = { header: changed([[0x0020_000d, 'UI', '9.9.9']]) }
    expect((await resultOf({}, other))?.warnings.map(({ code }) => code)).toEqual(['DOSE_REPORT_OTHER_STUDY'])
    expect((await resultOf({ acceptedObjects: ['1.2.8.1'] }, other))?.events).toHaveLength(1)
  })

  it('has every number of a report without a patient confirmed', async () => {
    const nameless: TestReport = {
      header: changed([
        [0x0010_0010, 'PN', ''],
        [0x0010_0020, 'LO', ''],
      ]),
    }
    const result = await resultOf({}, nameless)
    expect(result?.events[0]?.verdict).toBe('to confirm')
    expect(result?.warnings.map(({ code }) => code)).toEqual(['DOSE_REPORT_IDENTITY_UNPROVEN'])
  })

  it('says that a dose report among the files could not be used', async () => {
    const damaged = named(doseReportBytes({ title: dcm('1') }), 'SR')
    const { studies, setAside } = await openExam([named(ctBytes({})), damaged])
    const result = doseResult(studies[0]!, NO_DOSE_DECISIONS, setAside)
    expect(result?.events).toEqual([])
    expect(result?.warnings.map(({ code }) => code)).toEqual(['DOSE_REPORT_UNREADABLE'])
  })

  it('decides nothing for events whose UID is a word of the language, or missing', async () => {
    const odd = { events: [event({ uid: 'constructor', protocol: null, region: null })] }
    expect((await resultOf({}, odd))?.events[0]?.areaSource).toBe('studyDescription')
    const nameless = { events: [event({ uid: null, dose: doseItems('1', '10', null) })] }
    expect((await resultOf({ phantoms: { '': 16 } }, nameless))?.events[0]?.phantomCm).toBeNull()
  })
})
