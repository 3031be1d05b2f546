import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  /** Time the thread itself ran, in microseconds: without what other programs took, or waiting for the graphics. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** One task of the page's main thread, in ms. */
export interface MainTask {
  readonly startMs: number
  readonly wallMs: number
  /** Time the processor worked on it. */
  readonly workMs: number
}

const CATEGORIES = [
  'toplevel',
  'blink.user_timing',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
]

/** Records what a page's main thread does between two of the page's own marks (`performance.mark`). */
export async function tasksBetween(
  browser: Browser,
  page: Page,
  marks: readonly [from: string, to: string],
  act: () => Promise<void>,
): Promise<MainTask[]> {
  await browser.startTracing(page, { categories: CATEGORIES })
  let trace: Buffer
  try {
    await act()
  } finally {
    trace = await browser.stopTracing()
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const markOf = (name: string) => traceEvents.find((event) => event.name === name && event.ts > 0)
  const [from, to] = marks.map(markOf)
  if (from === undefined || to === undefined) throw new Error(`the page set no marks ${marks.join(' and ')}`)
  return traceEvents
    .filter(
      ({ name, ph, pid, tid, ts }) =>
        ph === 'X' &&
        (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') &&
        pid === from.pid &&
        tid === from.tid &&
        ts >= from.ts &&
        ts <= to.ts,
    )
    .map(({ ts, dur = 0, tdur = dur }) => ({
      startMs: (ts - from.ts) / 1000,
      wallMs: dur / 1000,
      workMs: tdur / 1000,
    }))
}
