import { demoDoseReport, examDose } from '../../../src/demo/examDose.ts'
import { defaultExamParameters } from '../../../src/demo/examParameters.ts'
import { uidOfWords } from '../../../src/dicom/write/uid.ts'
import {
  BODY,
  box,
  coded,
  dcm,
  doseItems,
  doseReportBytes,
  event,
  number,
  words,
} from '../../dicom/dose/srFixture.ts'

/** An event with everything a scanner may state. */
const full = (n: number) =>
  event({
    uid: `1.2.9.${n}`,
    protocol: `Protocol ${n}`,
    parameters: [
      number('113824', '16.01', 's'),
      number('113825', '737.00', 'mm'),
      number('113826', '0.6', 'mm'),
      number('113827', '38.4', 'mm'),
      number('113828', '0.6', '{ratio}'),
      number('113823', '1', '{X-Ray sources}'),
      box('113831', [
        number('113733', '120', 'kV'),
        number('113734', '176', 'mA'),
        number('113834', '0.5', 's'),
      ]),
    ],
    dose: [
      ...doseItems('9.91', '708.20'),
      box('113900', [coded(dcm('113901'), ['SRT', 'R-00339']), number('113904', '1000')]),
      box('113908', [coded(dcm('113909'), ['SCT', '373066001']), number('113911', '900', 'mGy.cm')]),
    ],
    more: [words('113605', String(n), [coded(dcm('113606'), dcm('113607'))]), words('121106', 'comment')],
  })

const report = {
  events: [
    event({
      uid: '1.2.9.8',
      type: dcm('113805'),
      dose: [number('113830', '0.14'), coded(dcm('113835'), BODY)],
    }),
    full(1),
    full(2),
  ],
  totals: [number('113812', '3', '{events}'), number('113813', '1416.40', 'mGy.cm')],
}

function ofDemo(): Uint8Array<ArrayBuffer> {
  const uid = (role: string) => uidOfWords([role.length, role.charCodeAt(role.length - 1), 3, 4])
  const study = {
    patient: defaultExamParameters.patient,
    studyInstanceUid: uid('study'),
    studyId: '1',
    studyDate: '2026-03-02',
    studyTime: '090000',
    studyDescription: 'Spine QCT',
    accessionNumber: 'A1',
    frameOfReferenceUid: uid('frame'),
    manufacturer: 'Trabecula',
    manufacturerModelName: 'Digital exam',
    deviceSerialNumber: 'D1',
    stationName: 'S1',
    softwareVersions: '1',
  }
  const events = examDose(defaultExamParameters) ?? []
  const common = {
    study,
    uid,
    seriesNumber: 9,
    kvp: 120,
    tubeCurrentMa: 180,
    localizerCurrentMa: 35,
    rotationTimeS: 0.5,
  }
  return new Uint8Array(demoDoseReport(events, common))
}

/** Sound dose reports to be damaged: each way of writing, and the one this product writes itself. */
export const doseSeeds = (): ReadonlyMap<string, Uint8Array<ArrayBuffer>> =>
  new Map([
    ['explicit', doseReportBytes(report)],
    ['implicit', doseReportBytes({ ...report, writing: 'implicit-le' })],
    ['big endian', doseReportBytes({ ...report, writing: 'explicit-be' })],
    ['enhanced SR', doseReportBytes({ ...report, sopClass: '1.2.840.10008.5.1.4.1.1.88.22' })],
    ['our own', ofDemo()],
  ])
