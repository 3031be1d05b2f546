import { spawnSync } from 'node:child_process'
import { openAsBlob, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { DoseReport } from '../../src/core/dose/doseReport.ts'
import type { DoseCheck, DoseCode, IrradiationEvent } from '../../src/core/dose/irradiationEvent.ts'
import { doseSection } from '../../src/core/report/sections/dose.ts'
import type { CtStudy } from '../../src/dicom/ctStudy.ts'
import { doseOfStudy } from '../../src/dicom/dose/studyDose.ts'
import { openExam } from '../../src/dicom/openExam.ts'
import { readInstances } from '../../src/dicom/readInstances.ts'
import { doseResult } from '../../src/exam/pipeline/doseResult.ts'
import { NO_DOSE_DECISIONS } from '../../src/exam/record/dose.ts'
import { describeExternal, python, realData } from './external.ts'

type Json = Readonly<Record<string, unknown>>
interface ExpectedReport extends Json {
  readonly events: readonly Json[]
}

const filed = async (name: string) => ({ path: name, blob: await openAsBlob(realData('dose/rdsr', name)) })
const dropOf = async (...names: readonly string[]) => readInstances(await Promise.all(names.map(filed)))

async function reportOf(name: string): Promise<DoseReport> {
  const { dose } = await dropOf(name)
  return dose.files[0]!.report
}

/** The study that the reports name, as if its images lay beside them. */
async function studyOf(...names: readonly string[]): Promise<CtStudy> {
  const { dose } = await dropOf(...names)
  const { subject, studyDescription } = dose.files[0]!.report
  return {
    patient: { ...subject, patientSex: '' },
    studyInstanceUid: subject.studyInstanceUid,
    studyDate: '',
    studyDescription,
    accessionNumber: '',
    circumstances: {},
    series: [],
    dose: doseOfStudy(dose, subject, new Set([subject.studyInstanceUid])),
  }
}

const sectionOf = async (...names: readonly string[]) =>
  doseSection({
    inputs: { patient: { patientName: null, patientId: null } },
    results: { dose: doseResult(await studyOf(...names), NO_DOSE_DECISIONS) },
  })

const codeTriple = (code: DoseCode | undefined) =>
  code === undefined ? ['', '', ''] : [code.value, code.scheme, code.meaning]
/** As the independent reader writes a coded yes or no. */
const yesNo = (is: boolean | undefined) => (is === undefined ? undefined : is ? 'Yes' : 'No')

const known = (facts: Json): Json =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

const check = (found: DoseCheck | undefined) =>
  found &&
  known({
    dlpCfg: yesNo(found.isDlpConfigured),
    ctdiCfg: yesNo(found.isCtdiVolConfigured),
    dlpVal: found.dlpLimit?.value,
    ctdiVal: found.ctdiVolLimit?.value,
    accDlpFwd: found.dlpForwardEstimate?.value,
    accCtdiFwd: found.ctdiVolForwardEstimate?.value,
  })

/** An event in the field names of the independent reader. */
const asExpected = (event: IrradiationEvent): Json =>
  known({
    protocol: event.protocol ?? null,
    region: codeTriple(event.targetRegion),
    type: codeTriple(event.acquisitionTypeCode),
    eventUID: event.eventUid,
    exposureTime_s: event.exposureTime?.value,
    scanLen_mm: event.scanningLength?.value,
    reconLen_mm: event.reconstructableLength?.value,
    exposedRange_mm: event.exposedRange?.value,
    singleColl_mm: event.singleCollimation?.value,
    totalColl_mm: event.totalCollimation?.value,
    pitch: event.pitch?.value,
    nSources: event.sourceCount?.value,
    sources: event.sources.map((source) =>
      known({
        kVp: source.kvp?.value,
        maxmA: source.maximumCurrent?.value,
        mA: source.current?.value,
        rot_s: source.rotationTime?.value,
      }),
    ),
    ctdivol: event.ctdiVol?.value,
    dlp: event.dlp?.value,
    phantom: event.phantomCm,
    alert: check(event.alert),
    notif: check(event.notification),
    comment: event.comment ?? null,
  })

/** How many single values an object holds, lists and objects inside it counted through. */
const leaves = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, member) => sum + leaves(member), 0)
    : 1

/** Fields of the list that describe the file, not its dose, or the spelling of a unit, which is met but not kept. */
const NOT_OURS = [
  'charset',
  'ts',
  'dlpUnit',
  'events',
  'sumEventDLP',
  'sumNonLocalizerDLP',
  'nonLocalizerEvents',
]

/** Every CTDIvol and DLP of a report as the characters that stand in the file, by pydicom. */
const DIGITS = `
import json, sys, pydicom
def walk(item, out):
    for child in getattr(item, 'ContentSequence', []):
        name = child.ConceptNameCodeSequence[0].CodeValue if 'ConceptNameCodeSequence' in child else ''
        if name in ('113830', '113838') and child.get('MeasuredValueSequence'):
            value = child.MeasuredValueSequence[0].NumericValue
            out.append(getattr(value, 'original_string', str(value)))
        walk(child, out)
out = {}
for path in sys.argv[1:]:
    out[path.split('/')[-1]] = []
    walk(pydicom.dcmread(path), out[path.split('/')[-1]])
print(json.dumps(out))
`

describeExternal('real-data', 'ten real CT dose reports', () => {
  const expected = JSON.parse(readFileSync(realData('dose/rdsr/expected.json'), 'utf8')) as Record<
    string,
    ExpectedReport
  >
  let fields = 0
  afterAll(() => console.log(`dose reports: ${fields} fields equal to the independent reader's`))

  for (const [name, wanted] of Object.entries(expected)) {
    it(`reads every field of ${name} as an independent reader does`, async () => {
      const report = await reportOf(name)
      const head = {
        manufacturer: report.manufacturer,
        model: report.manufacturerModelName,
        sop: report.sopClassUid,
        studyUID: report.subject.studyInstanceUid,
        accession: report.accessionNumber,
        studyDescription: report.studyDescription,
        totalEvents: report.statedEvents?.value,
        dlpTotal: report.statedDlpTotal?.value,
        dlpTotalPhantom: report.statedDlpTotalPhantom?.value ?? null,
      }
      expect(head).toEqual(
        Object.fromEntries(Object.entries(wanted).filter(([key]) => !NOT_OURS.includes(key))),
      )
      const events = report.events.map(({ event }) => asExpected(event))
      const theirs = wanted.events.map((event) =>
        Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'dlpUnit')),
      )
      expect(events).toEqual(theirs)
      fields += leaves(head) + leaves(events)
    })
  }

  it('are ten, and every one was compared', () => {
    expect(Object.keys(expected)).toHaveLength(10)
  })

  it('number as many irradiations as are no localizers', async () => {
    for (const [name, { nonLocalizerEvents }] of Object.entries(expected)) {
      const result = doseResult(await studyOf(name), NO_DOSE_DECISIONS)
      const numbers = result?.events.flatMap(({ exposureEvent }) => exposureEvent ?? [])
      expect(numbers, name).toEqual(Array.from({ length: Number(nonLocalizerEvents) }, (_, n) => n + 1))
    }
  })

  it('raise the one doubt about numbers that one of them deserves: milliseconds as seconds', async () => {
    const doubts: string[] = []
    for (const name of Object.keys(expected))
      for (const { doubts: found } of (await reportOf(name)).events)
        doubts.push(...found.map(({ code }) => `${name} ${code}`))
    expect(doubts).toEqual(['CT-RDSR-Philips_BigBore4DCT.dcm DOSE_TIME_IMPLAUSIBLE'])
  })

  it('merge to the same events from cumulative and continued reports, in every order of arrival', async () => {
    const cumulative = [1, 2, 3].map((n) => `CT-RDSR-Siemens-Multi-${n}.dcm`)
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const whole = await sectionOf(cumulative[2]!)
    for (const order of orders) expect(await sectionOf(...order.map((n) => cumulative[n]!))).toEqual(whole)

    const continued = ['CT-RDSR-Siemens-Continued-1.dcm', 'CT-RDSR-Siemens-Continued-2.dcm']
    const rows = (await sectionOf(...continued)).table?.rows
    expect(rows?.map((row) => row.join(' '))).toEqual([
      '— Topogram Localizer — — —',
      '1 Thorax Chest* 32 cm 2.03 55.12',
      '— Topogram Localizer — — —',
      '2 Thorax Chest* 32 cm 2.22 51.82',
    ])
    expect((await sectionOf(...continued.toReversed())).table?.rows).toEqual(rows)
  })

  it('give the table of the recommendations for a Siemens thorax-abdomen-pelvis exam', async () => {
    const section = await sectionOf('CT-RDSR-Siemens_Flash-TAP-SS.dcm')
    expect(section.lead?.text).toMatch(/^This patient received a total of 3 exposure events/)
    expect(section.table?.rows).toEqual([
      ['—', 'testÃ¦Ã¸Ã¥', 'Localizer', '—', '—', '—'],
      ['1', 'PreMonitoring', 'Chest/Abdomen/Pelvis*', '32 cm', '1.2', '1.2'],
      ['2', 'Monitoring', 'Chest/Abdomen/Pelvis*', '32 cm', '3.61', '3.61'],
      ['3', 'TAP', 'Chest/Abdomen/Pelvis*', '32 cm', '9.91', '708.2'],
    ])
    // its own total, localizer included
    expect(JSON.stringify(section)).not.toContain('724.52')
  })

  it('give the table of the recommendations for a GE colonography', async () => {
    const section = await sectionOf('CT-ESR-GE_Optima.dcm')
    expect(section.lead?.text).toMatch(/a total of 2 exposure events/)
    expect(section.table?.rows).toEqual([
      ['—', '—', 'Localizer', '—', '—', '—'],
      ['—', '—', 'Localizer', '—', '—', '—'],
      ['1', 'Helical', 'Abdomen/Pelvis*', '32 cm', '3.23', '155.97'],
      ['—', '—', 'Localizer', '—', '—', '—'],
      ['—', '—', 'Localizer', '—', '—', '—'],
      ['2', 'Helical', 'Abdomen/Pelvis*', '32 cm', '5.3', '259.85'],
    ])
    expect(JSON.stringify(section)).not.toContain('415.82')
  })

  it('are told from a structured report that is none', async () => {
    const { studies, setAside } = await openExam([await filed('ESR_non-dose.dcm')])
    expect(studies).toEqual([])
    expect(setAside).toEqual([{ path: 'ESR_non-dose.dcm', reason: 'Structured report' }])
  })
})

describeExternal(['real-data', 'python'], 'the digits of ten real CT dose reports', () => {
  it('are those that stand in the files', async () => {
    const names = Object.keys(JSON.parse(readFileSync(realData('dose/rdsr/expected.json'), 'utf8')))
    const run = spawnSync(python, ['-c', DIGITS, ...names.map((name) => join(realData('dose/rdsr'), name))], {
      encoding: 'utf8',
    })
    expect(run.stderr).toBe('')
    const theirs = JSON.parse(run.stdout) as Record<string, string[]>
    for (const name of names) {
      const { events } = await reportOf(name)
      const ours = events.flatMap(({ event: { ctdiVol, dlp } }) =>
        [ctdiVol, dlp].flatMap((one) => one?.digits ?? []),
      )
      expect(ours, name).toEqual(theirs[name])
    }
    expect(Object.values(theirs).flat()).toHaveLength(42)
  })
})
