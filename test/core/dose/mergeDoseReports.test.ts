import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeDoseReports } from '../../../src/core/dose/mergeDoseReports.ts'
import { madeEvent, madeReport, stated } from './madeDose.ts'

const event = (n: number) => madeEvent({ eventUid: `1.2.9.${n}`, dlp: stated(`${n}00.00`) })
const uids = (reports: Parameters<typeof mergeDoseReports>[0]) =>
  mergeDoseReports(reports).events.map(({ event: one }) => one.eventUid.slice(6))
const codes = (reports: Parameters<typeof mergeDoseReports>[0]) =>
  mergeDoseReports(reports).warnings.map(({ code }) => code)

/** A scanner that writes all events so far after each scan, then is started again and writes a continued report. */
const session = [
  madeReport([event(1)], { sopInstanceUid: 'a', contentDateTime: '20260101101000' }),
  madeReport([event(1), event(2)], { sopInstanceUid: 'b', contentDateTime: '20260101102000' }),
  madeReport([event(1), event(2), event(3)], { sopInstanceUid: 'c', contentDateTime: '20260101103000' }),
  madeReport([event(4), event(5)], {
    sopInstanceUid: 'd',
    contentDateTime: '20260101105000',
    irradiationStart: '20260101104000',
  }),
]

describe('mergeDoseReports', () => {
  it('counts each event of copies, cumulative and continued reports once, in any order of arrival', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...session, ...session], { minLength: 8 }), (reports) => {
        expect(uids(reports)).toEqual(['1', '2', '3', '4', '5'])
        expect(codes(reports)).toEqual([])
      }),
    )
  })

  it('lets the later report hold where two state an event differently, and says so, in any order', () => {
    const corrected = madeReport([madeEvent({ eventUid: '1.2.9.1', dlp: stated('90.00') })], {
      sopInstanceUid: 'z',
      contentDateTime: '20260101110000',
    })
    for (const reports of [
      [session[0]!, corrected],
      [corrected, session[0]!],
    ]) {
      const merged = mergeDoseReports(reports)
      expect(merged.events.map(({ event: one }) => one.dlp?.digits)).toEqual(['90.00'])
      expect(merged.warnings.map(({ code }) => code)).toEqual(['DOSE_EVENTS_DIFFER'])
    }
  })

  it('loses no event that shares its UID with another of the same report', () => {
    const same = madeReport([event(1), madeEvent({ eventUid: '1.2.9.1' })])
    expect(mergeDoseReports([same]).events).toHaveLength(2)
    expect(mergeDoseReports([same, { ...same, sopInstanceUid: 'copy' }]).events).toHaveLength(2)
  })

  it('joins events without a UID by what they state', () => {
    const nameless = (digits: string) => madeEvent({ eventUid: '', dlp: stated(digits) })
    const first = madeReport([nameless('100')], { sopInstanceUid: 'a' })
    const both = madeReport([nameless('100'), nameless('100'), nameless('104')], { sopInstanceUid: 'b' })
    expect(mergeDoseReports([both, first]).events).toHaveLength(3)
  })

  it('keeps reports without an instance UID apart', () => {
    const reports = [1, 2].map((n) => madeReport([event(n)], { sopInstanceUid: '' }))
    expect(uids(reports)).toEqual(['1', '2'])
  })

  it('says when events refer to phantoms of two sizes', () => {
    const head = madeEvent({ eventUid: '1.2.9.7', phantomCm: 16 })
    expect(codes([madeReport([event(1), head])])).toEqual(['DOSE_PHANTOMS_MIXED'])
  })

  it('carries the source of each event and the doubts of every report', () => {
    const sheet = madeReport([event(6)], {
      sopInstanceUid: 'e',
      source: { value: '113868', scheme: 'DCM', meaning: '' },
    })
    const merged = mergeDoseReports([session[0]!, sheet])
    expect(merged.events.map(({ source }) => source?.value)).toEqual(['113856', '113868'])
  })
})
