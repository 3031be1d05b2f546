import { QctError, type QctWarning, qctWarning } from '../core/errors.ts'
import { phrase, type WordKey } from '../core/words/words.ts'
import type { CtSeries, CtStudy } from './ctStudy.ts'
import { imageQuantity } from './imageQuantity.ts'
import { classifyKernel } from './kernel.ts'

/** The series to measure, why it was chosen, and what speaks against it. */
export interface ChosenSeries {
  readonly series: CtSeries
  /** Sentences for the record and the report. */
  readonly reasons: readonly string[]
  /** Doubts about its reconstruction. Doubts about its geometry come with the volume. */
  readonly warnings: readonly QctWarning[]
}

/** What may decide the choice. */
export interface ChooseSeriesOptions {
  /** `CtSeries.id` or SeriesInstanceUID that the caller asked for. */
  readonly series?: string
}

/** Slices up to this thickness and spacing are thin, in mm: the widest at which the spine is measured without a warning. */
const THIN_MM = 3
/** Header roundings such as 3.0001 are still thin. */
const ROUNDING_MM = 0.01
/** Reconstructions within this share of the widest show the same field: matrices and zoom round differently. */
const SAME_FIELD = 0.95
/** A stack shorter than this holds no two lumbar bodies with their discs: monitoring slices and test blocks, in mm. */
const SHORT_STACK_MM = 60
/** Slices within 45° of the axial plane are axial: a tilted gantry is, a coronal reformat is not. */
const AXIAL_COSINE = Math.SQRT1_2

/** The facts of a candidate that the choice is made by. */
interface Candidate {
  readonly series: CtSeries
  readonly isAxial: boolean
  readonly isConventional: boolean
  readonly hasContrast: boolean
  readonly isSound: boolean
  readonly extent: number
  readonly field: number
  readonly thickness: number
  readonly kernel: ReturnType<typeof classifyKernel>
}

function describe(series: CtSeries): Candidate | undefined {
  if (series.geometry.status === 'refused') return undefined
  const { size, spacing, axes } = series.geometry.geometry
  const frame = series.frames[0]!
  const matrixField = Math.max(frame.columns * frame.columnSpacing, frame.rows * frame.rowSpacing)
  return {
    series,
    isAxial: Math.abs(axes[2][2]) >= AXIAL_COSINE,
    isConventional: imageQuantity(series.acquisition, series.seriesDescription).kind === 'conventional',
    hasContrast: (series.acquisition.contrastBolusAgent ?? '') !== '',
    isSound: series.geometry.status === 'sound',
    extent: (size[2] - 1) * spacing[2],
    field: Math.max(series.acquisition.reconstructionDiameter ?? 0, matrixField),
    thickness: Math.max(series.acquisition.sliceThickness ?? 0, spacing[2]),
    kernel: classifyKernel(series.acquisition),
  }
}

const SHARPNESS_ORDER: readonly Candidate['kernel'][] = ['soft', 'medium', 'unstated', 'unknown', 'sharp']

/**
 * The questions in the order they are asked; each gives a number, less is better. Contrast biases spine density by
 * more than 6 mg/cm³ and a missing phantom leaves no density at all, while a sharp kernel changes means by fractions
 * of a per cent: hence the order.
 * @see Kaesmacher J 2017 (PMC5359785), contrast; Skornitzke S 2022 (doi:10.1038/s41598-022-24546-2), reconstruction
 */
const QUESTIONS: readonly {
  readonly reason: WordKey
  readonly rank: (candidate: Candidate, all: readonly Candidate[]) => number
}[] = [
  { reason: 'series.reason.axial', rank: (c) => (c.isAxial ? 0 : 1) },
  { reason: 'series.reason.long', rank: (c) => (c.extent >= SHORT_STACK_MM ? 0 : 1) },
  { reason: 'series.reason.conventional', rank: (c) => (c.isConventional ? 0 : 1) },
  { reason: 'series.reason.native', rank: (c) => (c.hasContrast ? 1 : 0) },
  {
    reason: 'series.reason.wholeField',
    rank: (c, all) => (c.field >= SAME_FIELD * Math.max(...all.map(({ field }) => field)) ? 0 : 1),
  },
  { reason: 'series.reason.thin', rank: (c) => (c.thickness <= THIN_MM + ROUNDING_MM ? 0 : 1) },
  { reason: 'series.reason.kernel', rank: (c) => SHARPNESS_ORDER.indexOf(c.kernel) },
  { reason: 'series.reason.sound', rank: (c) => (c.isSound ? 0 : 1) },
  { reason: 'series.reason.longer', rank: (c) => -Math.round(c.extent) },
  { reason: 'series.reason.thinner', rank: (c) => Number(c.thickness.toFixed(2)) },
  { reason: 'series.reason.first', rank: (c) => c.series.seriesNumber ?? Number.MAX_SAFE_INTEGER },
]

const words = ({ series, extent, field, thickness }: Candidate) => ({
  kernel: series.acquisition.convolutionKernel ?? '?',
  field: Math.round(field),
  thickness: Number(thickness.toFixed(2)),
  extent: Math.round(extent),
})

/** Asks one question after the other; a question that leaves fewer candidates is a reason. */
function decide(all: readonly Candidate[]): { chosen: Candidate; reasons: readonly WordKey[] } {
  let left = all
  const reasons: WordKey[] = []
  for (const { reason, rank } of QUESTIONS) {
    if (left.length === 1) break
    const ranks = left.map((candidate) => rank(candidate, all))
    const best = Math.min(...ranks)
    const kept = left.filter((_, n) => ranks[n] === best)
    if (kept.length < left.length) reasons.push(reason)
    left = kept
  }
  // Candidates alike in every question differ in nothing that matters; the lower id makes the choice repeatable.
  const chosen = left.reduce((a, b) => (b.series.id < a.series.id ? b : a))
  return { chosen, reasons }
}

/** Doubts that the reconstruction of a series raises, whoever chose it. */
function reconstructionWarnings(series: CtSeries, isAxial: boolean): QctWarning[] {
  const warnings: QctWarning[] = []
  const kernel = (series.acquisition.convolutionKernel ?? '').replaceAll('\\', ' ')
  const sharpness = classifyKernel(series.acquisition)
  if (sharpness === 'sharp') warnings.push(qctWarning('KERNEL_SHARP', { kernel }))
  if (sharpness === 'unknown') warnings.push(qctWarning('KERNEL_UNKNOWN', { kernel }))
  if (sharpness === 'unstated') warnings.push(qctWarning('KERNEL_NOT_STATED', {}))
  const quantity = imageQuantity(series.acquisition, series.seriesDescription)
  if (quantity.kind === 'monoenergetic')
    warnings.push(qctWarning('VIRTUAL_MONOENERGETIC', { energy: quantity.energy }))
  if (!isAxial) warnings.push(qctWarning('SERIES_NOT_AXIAL', {}))
  return warnings
}

/** Why a series can be measured by nobody, or nothing. */
function exclusion(series: CtSeries): QctError | undefined {
  if (series.geometry.status === 'refused') return series.geometry.error
  const quantity = imageQuantity(series.acquisition, series.seriesDescription)
  return quantity.kind === 'other'
    ? new QctError('SERIES_NOT_CT_NUMBERS', { imageType: quantity.imageType })
    : undefined
}

/**
 * Chooses the series of a study to measure, and says why.
 *
 * Asked in order: geometry that can be trusted, axial, long enough, conventional energy, no contrast agent, whole
 * field (the phantom lies at its rim), thin slices, soft kernel, nothing resampled, longest, thinnest. Each question
 * that ruled a series out becomes a reason.
 *
 * @throws {QctError} `NO_CT_IMAGES` without series; `SERIES_UNKNOWN` when the asked series is not there; the
 *   geometry's code or `SERIES_NOT_CT_NUMBERS` when the asked series, or every series, cannot be measured.
 */
export function chooseSeries(study: CtStudy, options: ChooseSeriesOptions = {}): ChosenSeries {
  const asked = options.series
  const named = study.series.filter(({ id }) => id === asked)
  const sameUid = study.series.filter(({ seriesInstanceUid }) => seriesInstanceUid === asked)
  const eligible = asked === undefined ? study.series : named.length > 0 ? named : sameUid
  if (asked !== undefined && eligible.length === 0)
    throw new QctError('SERIES_UNKNOWN', { known: study.series.length })
  const largest = eligible.reduce<CtSeries | undefined>(
    (best, series) => (best && best.frames.length >= series.frames.length ? best : series),
    undefined,
  )
  if (!largest) throw new QctError('NO_CT_IMAGES', { files: 0 })
  const candidates = eligible
    .filter((series) => !exclusion(series))
    .map(describe)
    .filter((candidate) => candidate !== undefined)
  if (candidates.length === 0) throw exclusion(largest) ?? new QctError('NO_CT_IMAGES', { files: 0 })

  const { chosen, reasons } = decide(candidates)
  const refused = eligible.length - candidates.length
  const sentences = [
    ...(asked === undefined ? [] : [phrase('series.reason.asked')]),
    ...(study.series.length === 1 ? [phrase('series.reason.only')] : []),
    ...(refused > 0 ? [phrase('series.reason.usable', { refused })] : []),
    ...reasons.map((reason) => phrase(reason, words(chosen))),
  ]
  return {
    series: chosen.series,
    reasons: sentences,
    warnings: reconstructionWarnings(chosen.series, chosen.isAxial),
  }
}
