import { type QctWarning, qctWarning } from '../errors.ts'
import type { DoseReport, ReadEvent } from './doseReport.ts'
import type { DoseCode, IrradiationEvent } from './irradiationEvent.ts'

/** An event of a study with where its numbers come from. */
export interface MergedEvent extends ReadEvent {
  readonly source?: DoseCode
}

/** All events of a study, each once, in the order of irradiation, and the doubts of the reports they come from. */
export interface MergedDose {
  readonly events: readonly MergedEvent[]
  readonly warnings: readonly QctWarning[]
}

/** Start of irradiation first, since continued reports follow each other; then the time the report was made. */
const orderOf = ({ irradiationStart, contentDateTime, sopInstanceUid }: DoseReport) =>
  [irradiationStart || contentDateTime, contentDateTime, sopInstanceUid] as const

function inOrder(first: DoseReport, second: DoseReport): number {
  const [a, b] = [orderOf(first), orderOf(second)]
  for (const n of [0, 1, 2] as const) if (a[n] !== b[n]) return a[n] < b[n] ? -1 : 1
  return 0
}

/**
 * By what the events of a report are told apart: their UID, or, without one, all they state. Events of one report
 * that share it are numbered, so that none of them is lost.
 */
function keysOf(events: readonly ReadEvent[]): string[] {
  const seen = new Map<string, number>()
  return events.map(({ event }) => {
    const identity = event.eventUid === '' ? JSON.stringify(event) : event.eventUid
    const nth = (seen.get(identity) ?? 0) + 1
    seen.set(identity, nth)
    return `${nth} ${identity}`
  })
}

/** What an event reports; how its report words codes and comments makes no difference. */
const substance = ({ ctdiVol, dlp, phantomCm, acquisitionType }: IrradiationEvent) =>
  JSON.stringify([ctdiVol?.value, dlp?.value, phantomCm, acquisitionType])

/**
 * Joins the dose reports of one study, in whatever order they came: copies, cumulative reports (each holds all events
 * so far) and continued ones (each holds its own). An event counts once, by its UID; where two reports state it
 * differently, the later report holds and a doubt says so.
 *
 * @param reports - Of one study and one patient; the caller has made sure of that.
 */
export function mergeDoseReports(reports: readonly DoseReport[]): MergedDose {
  const once = new Map(reports.map((report) => [report.sopInstanceUid || report, report]))
  const merged = new Map<string, { readonly event: MergedEvent; readonly madeAt: string }>()
  const differing = new Set<string>()
  const warnings: QctWarning[] = []
  for (const report of [...once.values()].sort(inOrder)) {
    warnings.push(...report.warnings)
    const keys = keysOf(report.events)
    for (const [n, read] of report.events.entries()) {
      const key = keys[n] as string
      const event: MergedEvent = { ...read, ...(report.source && { source: report.source }) }
      const earlier = merged.get(key)
      if (earlier === undefined) merged.set(key, { event, madeAt: report.contentDateTime })
      else {
        if (substance(earlier.event.event) !== substance(read.event)) differing.add(key)
        // setting a key again keeps its place in the order
        if (report.contentDateTime >= earlier.madeAt)
          merged.set(key, { event, madeAt: report.contentDateTime })
      }
    }
  }
  if (differing.size > 0) warnings.push(qctWarning('DOSE_EVENTS_DIFFER', { events: differing.size }))
  const events = [...merged.values()].map(({ event }) => event)
  const phantoms = new Set(events.flatMap(({ event }) => event.phantomCm ?? []))
  if (phantoms.size > 1) warnings.push(qctWarning('DOSE_PHANTOMS_MIXED', {}))
  return { events, warnings }
}
