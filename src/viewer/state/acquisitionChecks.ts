import { phantomById } from '../../core/calibration/phantomLibrary.ts'
import { libraryWith, NO_USER_PHANTOMS } from '../../core/calibration/userPhantoms.ts'
import { SPINE_ACQUISITION_LIMITS } from '../../core/quality/acquisitionLimits.ts'
import { namesAgent } from '../../core/quality/acquisitionWarnings.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'

/** What one point of the acquisition turned out to be. */
export type CheckState = 'good' | 'doubt' | 'refused' | 'unknown'

/**
 * What could be done about it while the patient is still there. `reconstruct` costs no dose; `ask` would be a new
 * scan, which the technologist does not decide alone.
 */
export type CheckRemedy = 'none' | 'reconstruct' | 'ask'

/** One point of the acquisition, as the technologist reads it. */
export interface AcquisitionCheck {
  readonly item:
    | 'phantom'
    | 'under'
    | 'coverage'
    | 'kvp'
    | 'kernel'
    | 'thickness'
    | 'spacing'
    | 'contrast'
    | 'field'
    | 'table'
    | 'geometry'
  readonly state: CheckState
  /** What was found, with its unit. */
  readonly found: string
  /** What follows; empty where all is well. */
  readonly advice: string
  readonly remedy: CheckRemedy
}

type Acquisition = NonNullable<ExamRecord['inputs']['acquisition']>

const UNSTATED = '—'
const asMm = (value: number | null) =>
  value === null ? UNSTATED : phrase('viewer.check.value.mm', { value: Number(value.toFixed(2)) })

/**
 * Checks an acquisition against what the spine measurement needs, from its record: what to reconstruct again, and what
 * not to repeat because of the dose. Limits are those of `core/quality`; nothing is measured here.
 */
export function acquisitionChecks(record: ExamRecord): AcquisitionCheck[] {
  const { acquisition } = record.inputs
  return [
    phantomCheck(record),
    underCheck(record),
    coverageCheck(record),
    ...(acquisition === null ? [] : seriesChecks(acquisition, codesOf(record))),
    geometryCheck(record),
  ].filter((check) => check !== null)
}

/** The verdict of all points: the gravest remedy, or refused when nothing could be measured. */
export function checkVerdict(
  record: ExamRecord,
  checks: readonly AcquisitionCheck[],
): 'good' | 'reconstruct' | 'ask' | 'refused' {
  if (record.status === 'refused') return 'refused'
  const remedies = checks.map(({ remedy }) => remedy)
  return remedies.includes('ask') ? 'ask' : remedies.includes('reconstruct') ? 'reconstruct' : 'good'
}

const codesOf = ({ results }: ExamRecord): ReadonlySet<string> =>
  new Set(
    [...results.warnings, ...results.spine.levels.flatMap(({ warnings }) => warnings)].map(
      ({ code }) => code,
    ),
  )

const good = (item: AcquisitionCheck['item'], found: string): AcquisitionCheck => ({
  item,
  state: 'good',
  found,
  advice: '',
  remedy: 'none',
})

function phantomCheck({ decisions, results }: ExamRecord): AcquisitionCheck {
  const { phantomUsed, requested, userPhantoms } = decisions.calibration
  if (phantomUsed === null)
    return {
      item: 'phantom',
      state: requested === 'in-scan' ? 'refused' : 'doubt',
      found: phrase('viewer.check.value.none'),
      advice: phrase('viewer.check.advice.phantomMissing'),
      remedy: 'reconstruct',
    }
  const expected = phantomById(phantomUsed, libraryWith(userPhantoms ?? NO_USER_PHANTOMS)).rods.map(
    ({ label }) => label,
  )
  const used = results.calibration.rods.map(({ label }) => label)
  const missing = expected.filter((label) => !used.includes(label))
  const found = phrase('viewer.check.value.rods', { found: used.length, all: expected.length })
  if (missing.length === 0) return good('phantom', found)
  const advice = phrase('viewer.check.advice.phantomPart', { labels: missing })
  return { item: 'phantom', state: 'doubt', found, advice, remedy: 'reconstruct' }
}

function underCheck({ results, decisions }: ExamRecord): AcquisitionCheck | null {
  if (decisions.calibration.phantomUsed === null) return null
  const away = results.spine.levels.filter(({ warnings }) =>
    warnings.some(({ code }) => code === 'ROD_SAMPLE_MOVED'),
  )
  const names = (away.length > 0 ? away : results.spine.levels).map(({ level }) => level)
  const found = phrase('viewer.check.value.levels', { levels: names })
  if (away.length === 0) return good('under', found)
  return { item: 'under', state: 'doubt', found, advice: phrase('viewer.check.advice.under'), remedy: 'none' }
}

/** Refusals that say that a level is not, or not whole, in the scan. */
const CUT_OFF = ['BODY_AT_VOLUME_EDGE', 'LEVEL_NOT_FOUND', 'VOI_OUTSIDE_VOLUME', 'SEED_OUTSIDE_VOLUME']

function coverageCheck({ results, decisions }: ExamRecord): AcquisitionCheck | null {
  const { levels } = results.spine
  const cut = levels.filter(({ refusal }) => refusal !== null && CUT_OFF.includes(refusal.code))
  if (cut.length > 0) {
    const names = cut.map(({ level }) => level)
    return {
      item: 'coverage',
      state: cut.length === decisions.levels.length ? 'refused' : 'doubt',
      found: phrase('viewer.check.value.levels', { levels: names }),
      advice: phrase('viewer.check.advice.coverage', { levels: names }),
      remedy: 'ask',
    }
  }
  const done = levels.filter(({ status }) => status === 'done').map(({ level }) => level)
  return done.length === 0 ? null : good('coverage', phrase('viewer.check.value.levels', { levels: done }))
}

function seriesChecks(acquisition: Acquisition, codes: ReadonlySet<string>): (AcquisitionCheck | null)[] {
  const { kvp, convolutionKernel, sliceThicknessMm, sliceSpacingMm, contrastBolusAgent } = acquisition
  const limits = SPINE_ACQUISITION_LIMITS
  const point = (
    item: AcquisitionCheck['item'],
    found: string,
    faults: readonly { when: boolean; state: CheckState; advice: string; remedy: CheckRemedy }[],
  ): AcquisitionCheck => {
    const fault = faults.find(({ when }) => when)
    if (fault === undefined) return good(item, found)
    return { item, found, state: fault.state, advice: fault.advice, remedy: fault.remedy }
  }
  return [
    point('kvp', kvp === null ? UNSTATED : phrase('viewer.check.value.kvp', { value: kvp }), [
      { when: kvp === null, state: 'unknown', advice: phrase('warning.KVP_UNKNOWN'), remedy: 'none' },
      {
        when: codes.has('KVP_NOT_120'),
        state: 'doubt',
        advice: phrase('viewer.check.advice.kvp', { limit: limits.kvp }),
        remedy: 'none',
      },
    ]),
    point('kernel', convolutionKernel ?? UNSTATED, [
      {
        when: codes.has('KERNEL_SHARP'),
        state: 'doubt',
        advice: phrase('viewer.check.advice.kernel'),
        remedy: 'reconstruct',
      },
      {
        when: codes.has('KERNEL_UNKNOWN') || convolutionKernel === null,
        state: 'unknown',
        advice: phrase('viewer.check.advice.kernelUnknown'),
        remedy: 'none',
      },
    ]),
    point('thickness', asMm(sliceThicknessMm), [
      {
        when: codes.has('SLICES_THICK') || codes.has('SLICES_THICK_FOR_VOI'),
        state: 'doubt',
        advice: phrase('viewer.check.advice.thickness', { limit: limits.sliceThickness }),
        remedy: 'reconstruct',
      },
      { when: sliceThicknessMm === null, state: 'unknown', advice: '', remedy: 'none' },
    ]),
    point('spacing', asMm(sliceSpacingMm), [
      {
        when: codes.has('SLICES_GAPPED') || codes.has('SLICES_MISSING_INTERPOLATED'),
        state: 'doubt',
        advice: phrase('viewer.check.advice.spacing'),
        remedy: 'reconstruct',
      },
    ]),
    point('contrast', contrastBolusAgent ?? phrase('viewer.check.value.noneNamed'), [
      {
        when: namesAgent(contrastBolusAgent),
        state: 'doubt',
        advice: phrase('viewer.check.advice.contrast'),
        remedy: 'none',
      },
      {
        when: codes.has('CONTRAST_UNKNOWN'),
        state: 'unknown',
        advice: phrase('viewer.check.advice.contrastUnknown'),
        remedy: 'none',
      },
    ]),
    {
      item: 'field',
      state: acquisition.reconstructionDiameterMm === null ? 'unknown' : 'good',
      // Whole mm, as the report says it: the field is looked at, not measured with.
      found: asMm(acquisition.reconstructionDiameterMm && Math.round(acquisition.reconstructionDiameterMm)),
      advice: phrase('viewer.check.advice.field'),
      remedy: 'none',
    },
    {
      item: 'table',
      state: acquisition.tableHeightMm === null ? 'unknown' : 'good',
      found: asMm(acquisition.tableHeightMm),
      advice: phrase('viewer.check.advice.table'),
      remedy: 'none',
    },
  ]
}

/** Doubts about where slices lie: repaired by a whole export or a new reconstruction. */
const GEOMETRY = ['SLICE_SPACING_RESAMPLED', 'SLICES_MISSING_INTERPOLATED', 'GANTRY_TILT_RESAMPLED']

function geometryCheck({ results, refusal }: ExamRecord): AcquisitionCheck | null {
  if (refusal?.code.startsWith('GEOMETRY_'))
    return {
      item: 'geometry',
      state: 'refused',
      found: refusal.message,
      advice: phrase('viewer.check.advice.geometry'),
      remedy: 'reconstruct',
    }
  const doubt = results.warnings.find(({ code }) => GEOMETRY.includes(code))
  if (doubt === undefined) return null
  const advice = phrase('viewer.check.advice.geometry')
  return { item: 'geometry', state: 'doubt', found: doubt.message, advice, remedy: 'reconstruct' }
}
