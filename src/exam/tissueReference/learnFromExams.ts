import type { LearnedFrom } from '../../core/calibration/tissue/learnedFrom.ts'
import { learnTissueReference } from '../../core/calibration/tissue/learnTissueReference.ts'
import type { TissueReference } from '../../core/calibration/tissue/referenceLine.ts'
import { TISSUES } from '../../core/calibration/tissue/tissues.ts'
import { QctError, type Result } from '../../core/errors.ts'
import { anonymousName, type ExamSource } from '../pipeline/examSource.ts'
import type { ExamStep } from '../pipeline/examStep.ts'
import {
  measureTissuePair,
  otherVoltage,
  type TissueLearningRequest,
  type TissuePair,
} from './measureTissuePair.ts'

/** One scan of those given: what it adds, or why it cannot be learned from. */
export interface TissueScanRow {
  /** Says nothing of the patient. @see anonymousName */
  readonly name: string
  readonly pair: Result<TissuePair>
}

/** What many scans taught: every scan with its verdict, and the reference or why there is none. */
export interface LearnedTissues {
  readonly rows: readonly TissueScanRow[]
  readonly reference: Result<TissueReference & { readonly learned: LearnedFrom }>
}

/** How the learning is watched and stopped. */
export interface LearnHooks {
  /** Called as scans are worked on; the fraction of the step is from 0 to 1 where it is known. */
  readonly onProgress?: (scan: number, scans: number, step: ExamStep, fraction?: number) => void
  readonly signal?: AbortSignal
}

/**
 * Learns what tissues count as on one scanner from the scans that show a phantom. A scan that cannot serve is a row with
 * its reason and stops nothing; where too few are left, or they are of several scanners, so is the reference.
 *
 * @param request - Without a voltage that of most scans is taken; the others are then refused, and where no voltage has
 *   most, all are kept and the reference says `TISSUE_PAIRS_MIXED`.
 * @throws {QctError} `CANCELLED` only.
 */
export async function learnFromExams(
  sources: readonly ExamSource[],
  request: TissueLearningRequest,
  { onProgress, signal }: LearnHooks = {},
): Promise<LearnedTissues> {
  const measured: TissueScanRow[] = []
  const seen = new Set<string>()
  for (const [index, source] of sources.entries()) {
    const pair = await rowPair(source, seen, request, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (step, fraction) => onProgress?.(index + 1, sources.length, step, fraction),
    })
    measured.push({ name: await anonymousName(source), pair })
  }
  const rows = ofOneVoltage(measured)
  return { rows, reference: learned(rows.flatMap(({ pair }) => (pair.ok ? [pair.value] : []))) }
}

async function rowPair(
  source: ExamSource,
  seen: Set<string>,
  request: TissueLearningRequest,
  hooks: Parameters<typeof measureTissuePair>[2],
): Promise<Result<TissuePair>> {
  try {
    if (source.kind === 'nifti')
      throw new QctError('PHANTOM_SCAN_KEY_MISSING', {
        missing: ['DeviceSerialNumber', 'ManufacturerModelName', 'KVP', 'AcquisitionDate'],
      })
    const { patientId, patientName, patientBirthDate } = source.study.patient
    // De-identified patients may share an id: it counts only where a day of birth stands beside it.
    const who =
      patientId === '' || patientBirthDate === '' ? null : [patientId, patientName, patientBirthDate]
    if (who !== null && seen.has(who.join('\n'))) throw new QctError('TISSUE_PAIR_REPEATED', {})
    const value = await measureTissuePair(source.study, request, hooks)
    if (who !== null) seen.add(who.join('\n'))
    return { ok: true, value }
  } catch (thrown) {
    if (thrown instanceof QctError && thrown.code === 'CANCELLED') throw thrown
    if (thrown instanceof QctError) return { ok: false, error: thrown }
    const problem = thrown instanceof Error ? thrown.name : typeof thrown
    return { ok: false, error: new QctError('UNEXPECTED', { problem }, { cause: thrown }) }
  }
}

/** Refuses the scans at another voltage than most; leaves all where no voltage has most. */
function ofOneVoltage(rows: readonly TissueScanRow[]): readonly TissueScanRow[] {
  const counts = new Map<number, number>()
  for (const { pair } of rows) {
    if (pair.ok) counts.set(pair.value.scan.kvp, (counts.get(pair.value.scan.kvp) ?? 0) + 1)
  }
  const [most, next] = [...counts].sort(([, a], [, b]) => b - a)
  if (most === undefined || most[1] === next?.[1]) return rows
  return rows.map((row) =>
    row.pair.ok && row.pair.value.scan.kvp !== most[0]
      ? { ...row, pair: { ok: false, error: otherVoltage(row.pair.value.scan.kvp, most[0]) } }
      : row,
  )
}

function learned(pairs: readonly TissuePair[]): LearnedTissues['reference'] {
  try {
    const reference = learnTissueReference(pairs.map(({ scan }) => scan))
    const [first] = pairs
    if (first === undefined) throw new QctError('TISSUE_PAIRS_TOO_FEW', { found: 0, required: 2 })
    const days = pairs.map(({ date }) => date).sort()
    return {
      ok: true,
      value: {
        ...reference,
        learned: {
          deviceSerial: first.scan.deviceSerial,
          model: first.model,
          phantom: first.scan.calibration.phantom,
          firstDate: days[0] ?? first.date,
          lastDate: days.at(-1) ?? first.date,
          residualsMgPerCm3: residualsOf(pairs, reference),
        },
      },
    }
  } catch (error) {
    if (error instanceof QctError) return { ok: false, error }
    throw error
  }
}

function residualsOf(pairs: readonly TissuePair[], { tissues }: TissueReference) {
  const residuals: LearnedFrom['residualsMgPerCm3'] = {}
  for (const tissue of TISSUES) {
    const mean = tissues[tissue]?.density
    if (mean === undefined) continue
    residuals[tissue] = pairs.flatMap(({ scan: { calibration, tissues: samples } }) =>
      samples
        .filter((sample) => sample.tissue === tissue)
        .map(({ meanHu }) => calibration.slope * meanHu + calibration.intercept - mean),
    )
  }
  return residuals
}
