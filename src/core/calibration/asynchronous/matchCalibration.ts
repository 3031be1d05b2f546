import { phrase, type WordKey } from '../../words/words.ts'
import type { AsynchronousAcquisition, AsynchronousPolicy, StoredCalibration } from './storedCalibration.ts'

/** The patient's scan as its headers state it; `null` where they do not. */
export interface AsynchronousScan {
  readonly deviceSerial: string | null
  readonly model: string | null
  /** Every tube voltage of the series. */
  readonly kvp: readonly (number | null)[]
  readonly acquisition: AsynchronousAcquisition
  /** Day of the scan, `YYYY-MM-DD`. */
  readonly date: string | null
}

/** A quality check of the same scanner with the same phantom. */
export interface PhantomQuality {
  /** Day of the check, `YYYY-MM-DD`. */
  readonly date: string
  readonly passed: boolean
}

/** What is compared. Words: `en.json`, section `asynchronous`. */
export type AsynchronousCheck =
  | 'kvp'
  | 'model'
  | 'image'
  | 'unit'
  | 'kernel'
  | 'tableHeight'
  | 'reconstructionDiameter'
  | 'sliceThickness'
  | 'age'
  | 'qc'

/** One difference between the patient's scan and the phantom's, and what follows from it. */
export interface AsynchronousReason {
  readonly check: AsynchronousCheck
  readonly verdict: 'warn' | 'refuse'
  /** What the patient's scan has; `null` where its header does not say. */
  readonly found: string | number | null
  /** What the stored calibration or the policy needs; `null` where the stored scan does not say. */
  readonly needed: string | number | null
}

/** Whether a stored calibration may be used for a scan. */
export interface AsynchronousMatch {
  readonly verdict: 'match' | 'warn' | 'refuse'
  /** Every difference, those that refuse first; empty for a match. */
  readonly reasons: readonly AsynchronousReason[]
}

const DAY = 86_400_000
const inDays = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY

type Limits = AsynchronousPolicy['ageDays']
type Verdict = AsynchronousPolicy['kernel']

/**
 * Judges a stored calibration against a patient's scan. Another tube voltage, another scanner model and another kind
 * of image are refused whatever the policy says, also where the header does not state them; everything else is the
 * site's policy. All differences are listed, not the first alone.
 *
 * @param quality - Quality checks of the stored calibration's scanner and phantom, in any order. The latest on or
 *   before the scan's day counts; one after it does not speak for the scan.
 * @see Skornitzke 2022, s41598-022-24546-2: 3.8 ± 28.2 % error from the wrong voltage, −5.6 ± 9.2 % from the wrong scanner
 */
export function matchCalibration(
  scan: AsynchronousScan,
  stored: StoredCalibration,
  quality: readonly PhantomQuality[],
  policy: AsynchronousPolicy,
): AsynchronousMatch {
  const reasons: AsynchronousReason[] = []
  const add = (
    check: AsynchronousCheck,
    verdict: Verdict,
    found: string | number | null,
    needed: string | number | null,
  ) => {
    if (verdict !== 'pass') reasons.push({ check, verdict, found, needed })
  }
  const { key, acquisition: then } = stored
  const now = scan.acquisition

  const voltages = [...new Set(scan.kvp)]
  if (voltages.length !== 1 || voltages[0] !== key.kvp) {
    const all = voltages.map((voltage) => voltage ?? phrase('asynchronous.notStated')).join(', ')
    add('kvp', 'refuse', voltages.length > 1 ? all : (voltages[0] ?? null), key.kvp)
  }
  if (scan.model !== key.model) add('model', 'refuse', scan.model, key.model)
  if (now.monoenergeticKev !== then.monoenergeticKev) {
    const kind = (kev: number | null) => (kev === null ? 'conventional' : `${kev} keV`)
    add('image', 'refuse', kind(now.monoenergeticKev), kind(then.monoenergeticKev))
  }

  if (scan.deviceSerial === null) add('unit', policy.notStated, null, key.deviceSerial)
  else if (scan.deviceSerial !== key.deviceSerial) {
    add('unit', policy.otherUnit, scan.deviceSerial, key.deviceSerial)
  }
  if (now.kernel === null || then.kernel === null) add('kernel', policy.notStated, now.kernel, then.kernel)
  else if (now.kernel !== then.kernel) add('kernel', policy.kernel, now.kernel, then.kernel)

  const judge = (difference: number, { warnAbove, refuseAbove }: Limits): Verdict =>
    refuseAbove !== null && difference > refuseAbove ? 'refuse' : difference > warnAbove ? 'warn' : 'pass'
  const near = (check: AsynchronousCheck, found: number | null, needed: number | null, limits: Limits) => {
    if (found === null || needed === null) add(check, policy.notStated, found, needed)
    else add(check, judge(Math.abs(found - needed), limits), found, needed)
  }
  near('tableHeight', now.tableHeightMm, then.tableHeightMm, policy.tableHeightMm)
  near(
    'reconstructionDiameter',
    now.reconstructionDiameterMm,
    then.reconstructionDiameterMm,
    policy.reconstructionDiameterMm,
  )
  near('sliceThickness', now.sliceThicknessMm, then.sliceThicknessMm, policy.sliceThicknessMm)

  if (scan.date === null) add('age', policy.notStated, null, policy.ageDays.warnAbove)
  else {
    // A phantom scanned after the patient is as far away in time as one before.
    const age = Math.abs(inDays(scan.date) - inDays(stored.date))
    const verdict = judge(age, policy.ageDays)
    const { warnAbove, refuseAbove } = policy.ageDays
    add('age', verdict, age, verdict === 'refuse' ? refuseAbove : warnAbove)
  }
  const latest = latestQuality(quality, scan.date)
  if (latest === null) add('qc', policy.qcMissing, null, 'passed')
  else if (!latest.passed) add('qc', policy.qcFailed, `failed on ${latest.date}`, 'passed')

  reasons.sort((a, b) => Number(b.verdict === 'refuse') - Number(a.verdict === 'refuse'))
  return { verdict: reasons[0]?.verdict ?? 'match', reasons }
}

/**
 * The quality check that speaks for a scan: the latest on or before its day. Null where there is none, or the day is unknown.
 */
export function latestQuality(
  quality: readonly PhantomQuality[],
  date: string | null,
): PhantomQuality | null {
  const checks = date === null ? [] : quality.filter((check) => inDays(check.date) <= inDays(date))
  return checks.reduce<PhantomQuality | null>(
    (last, check) =>
      last === null ||
      inDays(check.date) > inDays(last.date) ||
      // Of two checks on one day the failed one speaks.
      (check.date === last.date && !check.passed)
        ? check
        : last,
    null,
  )
}

/** A reason in words, for print. */
export function asynchronousReasonInWords({ check, found, needed }: AsynchronousReason): string {
  const key: WordKey = `asynchronous.${check}`
  const absent = phrase('asynchronous.notStated')
  return phrase(key, { found: found ?? absent, needed: needed ?? absent })
}
