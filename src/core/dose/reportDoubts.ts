import { type QctWarning, qctWarning } from '../errors.ts'
import type { DoseReport } from './doseReport.ts'
import { roundingOf } from './statedQuantity.ts'

/** Room for binary rounding of sums of a few decimal numbers, in mGy·cm. */
const BINARY_ROUNDING = 1e-6

/**
 * What speaks against a dose report as a whole: fewer events than it announces or no announcement, events that do not add up to its
 * own total, events without a UID or with one UID for several. The sum is formed to judge completeness alone and is
 * never printed as a dose: adding over series, and over phantoms, means nothing.
 */
export function reportDoubts(
  report: Pick<DoseReport, 'events' | 'statedEvents' | 'statedDlpTotal'>,
): readonly QctWarning[] {
  const doubts: QctWarning[] = []
  const events = report.events.map(({ event }) => event)
  const { statedEvents, statedDlpTotal } = report
  if (statedEvents === undefined) doubts.push(qctWarning('DOSE_TOTALS_MISSING', {}))
  else if (statedEvents.value !== events.length)
    doubts.push(qctWarning('DOSE_EVENTS_MISSING', { stated: statedEvents.value, found: events.length }))

  const uids = events.map(({ eventUid }) => eventUid).filter((uid) => uid !== '')
  const repeated = uids.length - new Set(uids).size
  if (repeated > 0) doubts.push(qctWarning('DOSE_EVENT_UID_REPEATED', { events: repeated }))
  if (uids.length < events.length)
    doubts.push(qctWarning('DOSE_EVENT_UID_MISSING', { events: events.length - uids.length }))

  const dlps = events.flatMap(({ dlp }) => dlp ?? [])
  const phantoms = new Set(events.flatMap(({ dlp, phantomCode }) => (dlp ? [phantomCode?.value ?? ''] : [])))
  // with two phantoms, vendors weigh the events of one before they add
  if (statedDlpTotal !== undefined && phantoms.size <= 1) {
    const sum = dlps.reduce((total, { value }) => total + value, 0)
    const room = dlps.reduce((total, dlp) => total + roundingOf(dlp), roundingOf(statedDlpTotal))
    if (Math.abs(sum - statedDlpTotal.value) > room + BINARY_ROUNDING)
      doubts.push(qctWarning('DOSE_TOTAL_DIFFERS', { stated: statedDlpTotal.value, sum }))
  }
  return doubts
}
