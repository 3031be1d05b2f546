import { describe, expect, it } from 'vitest'
import { openExam } from '../../../src/dicom/openExam.ts'
import { ctBytes, named, type TestElement } from '../dicomBytes.ts'
import { doseReportBytes, event } from './srFixture.ts'

const changed = (elements: readonly TestElement[]) => Object.fromEntries(elements.map((one) => [one[0], one]))
/** A CT slice of the study and patient of the fixture's dose report. */
const slice = (changes: readonly TestElement[] = []) => named(ctBytes(changed(changes)), 'IM1')
const report = (changes: readonly TestElement[] = [], path = 'SR1') =>
  named(doseReportBytes({ header: changed(changes) }), path)

describe('dose objects among the files of a drop', () => {
  it('stand with their study, and are still listed as no CT image', async () => {
    const { studies, setAside } = await openExam([slice(), report()])
    expect(studies).toHaveLength(1)
    expect(setAside).toEqual([{ path: 'SR1', reason: 'Dose report' }])
    expect(studies[0]?.dose.objects).toMatchObject([{ path: 'SR1', match: { verdict: 'matches' } }])
  })

  it('are known in an Enhanced SR by their title, and other reports are not', async () => {
    const enhanced = '1.2.840.10008.5.1.4.1.1.88.22'
    const dose = named(doseReportBytes({ sopClass: enhanced }), 'ESR')
    const other = named(doseReportBytes({ sopClass: enhanced, title: ['LN', '18748-4'] }), 'TEXT')
    const { studies, setAside } = await openExam([slice(), dose, other])
    expect(setAside.map(({ reason }) => reason)).toEqual(['Dose report', 'Structured report'])
    expect(studies[0]?.dose.objects.map(({ path }) => path)).toEqual(['ESR'])
  })

  it('stand with their study although the patient differs, so that it is seen', async () => {
    const { studies } = await openExam([slice(), report([[0x0010_0020, 'LO', 'ID-2']])])
    expect(studies[0]?.dose.objects[0]?.match).toMatchObject({ verdict: 'differs', differs: ['patient ID'] })
  })

  it('of a study that is not there are offered to the same patient only', async () => {
    const elsewhere: TestElement = [0x0020_000d, 'UI', '9.9.9']
    const same = await openExam([slice(), report([elsewhere])])
    expect(same.studies[0]?.dose.objects[0]?.match).toMatchObject({ verdict: 'differs', isSameStudy: false })
    const other = await openExam([slice(), report([elsewhere, [0x0010_0020, 'LO', 'ID-2']])])
    expect(other.studies[0]?.dose.objects).toEqual([])
  })

  it('of a study that is there are offered to no other', async () => {
    const second = named(ctBytes(changed([[0x0020_000d, 'UI', '9.9.9']])), 'IM2')
    const { studies } = await openExam([slice(), second, report([[0x0020_000d, 'UI', '9.9.9']])])
    expect(studies.map(({ dose }) => dose.objects.length)).toEqual([0, 1])
  })

  it('are linked to the series that name their events, localizers included', async () => {
    const links = (n: number): TestElement[] => [
      [0x0008_3010, 'UI', `1.2.9.${n}`],
      [0x0020_0011, 'IS', String(n)],
      [0x0020_000e, 'UI', `1.2.3.${n}`],
    ]
    const scout = named(
      ctBytes(changed([...links(1), [0x0008_0008, 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER']])),
      'SC',
    )
    const dose = named(
      doseReportBytes({ events: [event({ uid: '1.2.9.1' }), event({ uid: '1.2.9.2' })] }),
      'SR',
    )
    const { studies } = await openExam([scout, slice(links(2)), slice(links(3)), dose])
    expect(studies[0]?.dose.series.map(({ eventUid, seriesNumber }) => [eventUid, seriesNumber])).toEqual([
      ['1.2.9.1', 1],
      ['1.2.9.2', 2],
    ])
  })

  it('that cannot be used are set aside with the reason, and stop nothing', async () => {
    const projection = named(doseReportBytes({ procedure: ['DCM', '113704'] }), 'DX')
    const { studies, setAside } = await openExam([slice(), projection])
    expect(studies[0]?.dose.objects).toEqual([])
    expect(setAside[0]?.error?.code).toBe('DOSE_REPORT_NOT_CT')
    const untitled = await openExam([slice(), named(doseReportBytes({ title: ['DCM', '1'] }), 'SR')])
    expect(untitled.setAside[0]?.error?.code).toBe('DOSE_REPORT_NOT_DOSE')
  })
})
