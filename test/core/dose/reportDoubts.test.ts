import { describe, expect, it } from 'vitest'
import { reportDoubts } from '../../../src/core/dose/reportDoubts.ts'
import { madeEvent, madeReport, stated } from './madeDose.ts'

const event = (n: number, dlp: string, phantom = '113691') =>
  madeEvent({
    eventUid: `1.2.9.${n}`,
    dlp: stated(dlp),
    phantomCode: { value: phantom, scheme: 'DCM', meaning: '' },
  })
const codes = (...args: Parameters<typeof madeReport>) =>
  reportDoubts(madeReport(...args)).map(({ code }) => code)

describe('reportDoubts', () => {
  it('accepts a total within the rounding of what was added', () => {
    // half a unit of the last digit for each of three numbers
    for (const total of ['30.29', '30.30', '30.31'])
      expect(codes([event(1, '10.10'), event(2, '20.20')], { statedDlpTotal: stated(total) }), total).toEqual(
        [],
      )
    expect(codes([event(1, '10.10'), event(2, '20.20')], { statedDlpTotal: stated('30.32') })).toEqual([
      'DOSE_TOTAL_DIFFERS',
    ])
  })

  it('adds nothing over two phantoms, since vendors weigh one of them', () => {
    const mixed = [event(1, '10', '113690'), event(2, '20')]
    expect(codes(mixed, { statedDlpTotal: stated('25') })).toEqual([])
  })

  it('counts the events that are announced', () => {
    expect(codes([event(1, '10')], { statedEvents: stated('4') })).toEqual(['DOSE_EVENTS_MISSING'])
    expect(codes([event(1, '10')], { statedEvents: stated('1') })).toEqual([])
  })

  it('doubts a report that does not say how many events it holds', () => {
    const { statedEvents: _, ...silent } = madeReport([event(1, '10')])
    expect(reportDoubts(silent).map(({ code }) => code)).toEqual(['DOSE_TOTALS_MISSING'])
  })

  it('notices UIDs that are missing or stand twice', () => {
    expect(codes([event(1, '1'), event(1, '2'), madeEvent({ eventUid: '' })])).toEqual([
      'DOSE_EVENT_UID_REPEATED',
      'DOSE_EVENT_UID_MISSING',
    ])
  })
})
