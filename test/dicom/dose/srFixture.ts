import { dataSetBytes, joinBytes, metaBytes, type TestElement, type Writing } from '../dicomBytes.ts'

/** A code: scheme, value, and a meaning that nobody may rely on. */
export type TestCode = readonly [scheme: string, value: string, meaning?: string]

const codeItem = ([scheme, value, meaning = 'some words']: TestCode): TestElement[] => [
  [0x0008_0100, 'SH', value],
  [0x0008_0102, 'SH', scheme],
  [0x0008_0104, 'LO', meaning],
]

/** A content item with its relationship left to the reader, who does not ask for it. */
export type TestItem = readonly TestElement[]

const item = (type: string, name: TestCode, ...rest: readonly TestElement[]): TestItem => [
  [0x0040_a010, 'CS', 'CONTAINS'],
  [0x0040_a040, 'CS', type],
  [0x0040_a043, 'SQ', [codeItem(name)]],
  ...rest,
]

const content = (children: readonly TestItem[]): TestElement[] =>
  children.length === 0 ? [] : [[0x0040_a730, 'SQ', children]]

export const dcm = (value: string): TestCode => ['DCM', value]
export const box = (name: string, children: readonly TestItem[]) =>
  item('CONTAINER', dcm(name), ...content(children))
export const words = (name: string, text: string, children: readonly TestItem[] = []) =>
  item('TEXT', dcm(name), [0x0040_a160, 'UT', text], ...content(children))
export const uid = (name: string, value: string) => item('UIDREF', dcm(name), [0x0040_a124, 'UI', value])
export const coded = (name: TestCode, value: TestCode | null, children: readonly TestItem[] = []) =>
  item('CODE', name, [0x0040_a168, 'SQ', value === null ? [] : [codeItem(value)]], ...content(children))

/** A NUM item; without a text its measured value sequence is empty. */
export const number = (name: string, text: string | null, unit = 'mGy') =>
  item('NUM', dcm(name), [
    0x0040_a300,
    'SQ',
    text === null
      ? []
      : [
          [
            [0x0040_a30a, 'DS', text],
            [0x0040_08ea, 'SQ', [codeItem(['UCUM', unit])]],
          ],
        ],
  ])

/** What a test may change of an event. A value of null leaves the item out. */
export interface TestEvent {
  readonly uid?: string | null
  readonly type?: TestCode
  readonly protocol?: string | null
  readonly region?: TestCode | null
  readonly parameters?: readonly TestItem[]
  readonly dose?: readonly TestItem[] | null
  readonly more?: readonly TestItem[]
}

export const SPIRAL: TestCode = ['SCT', '116152004']
export const BODY: TestCode = dcm('113691')

/** CTDIvol, phantom and DLP of a CT Dose container. */
export const doseItems = (ctdiVol: string, dlp: string, phantom: TestCode | null = BODY): TestItem[] => [
  number('113830', ctdiVol),
  ...(phantom === null ? [] : [coded(dcm('113835'), phantom)]),
  number('113838', dlp, 'mGy.cm'),
]

/** One CT Acquisition container: a spiral of 100 mm with 10.50 mGy and 105.00 mGy·cm unless changed. */
export const event = ({
  uid: eventUid = '1.2.9.1',
  type = SPIRAL,
  protocol = 'Abdomen',
  region = ['SRT', 'T-D4000'],
  parameters = [number('113825', '100.0', 'mm')],
  dose = doseItems('10.50', '105.00'),
  more = [],
}: TestEvent = {}): TestItem =>
  box('113819', [
    ...(protocol === null ? [] : [words('125203', protocol)]),
    ...(region === null ? [] : [coded(dcm('123014'), region)]),
    coded(dcm('113820'), type),
    ...(eventUid === null ? [] : [uid('113769', eventUid)]),
    box('113822', parameters),
    ...(dose === null ? [] : [box('113829', dose)]),
    ...more,
  ])

/** What a test may change of a report. */
export interface TestReport {
  readonly events?: readonly TestItem[]
  readonly title?: TestCode
  readonly procedure?: TestCode | null
  readonly totals?: readonly TestItem[]
  readonly more?: readonly TestItem[]
  readonly header?: Readonly<Record<number, TestElement>>
  readonly writing?: Writing
  readonly sopClass?: string
}

const SYNTAX: Readonly<Record<Writing, string>> = {
  'explicit-le': '1.2.840.10008.1.2.1',
  'implicit-le': '1.2.840.10008.1.2',
  'explicit-be': '1.2.840.10008.1.2.2',
}

/** The bytes of a CT dose report with one event, and whatever is changed. */
export function doseReportBytes({
  events = [event()],
  title = dcm('113701'),
  procedure = ['SRT', 'P5-08000'],
  totals = [number('113812', String(events.length), '{events}')],
  more = [],
  header = {},
  writing = 'explicit-le',
  sopClass = '1.2.840.10008.5.1.4.1.1.88.67',
}: TestReport = {}): Uint8Array<ArrayBuffer> {
  const plain: TestElement[] = [
    [0x0008_0016, 'UI', sopClass],
    [0x0008_0018, 'UI', '1.2.8.1'],
    [0x0008_0020, 'DA', '20260102'],
    [0x0008_0023, 'DA', '20260102'],
    [0x0008_0033, 'TM', '101500'],
    [0x0008_0060, 'CS', 'SR'],
    [0x0010_0010, 'PN', 'Test^Case'],
    [0x0010_0020, 'LO', 'ID-1'],
    [0x0010_0030, 'DA', '19500704'],
    [0x0010_0040, 'CS', 'F'],
    [0x0020_000d, 'UI', '1.2.3'],
    [0x0040_a040, 'CS', 'CONTAINER'],
    [0x0040_a043, 'SQ', [codeItem(title)]],
    [
      0x0040_a730,
      'SQ',
      [
        ...(procedure === null ? [] : [coded(dcm('121058'), procedure)]),
        ...(totals.length === 0 ? [] : [box('113811', totals)]),
        ...events,
        ...more,
      ],
    ],
  ]
  const kept = plain.filter(([tag]) => !(tag in header))
  return joinBytes([
    metaBytes(SYNTAX[writing], sopClass),
    dataSetBytes([...kept, ...Object.values(header)], writing),
  ])
}
