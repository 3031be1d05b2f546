import type { KeptWarning, PhantomScanRecord } from '../../core/calibration/asynchronous/phantomScanRecord.ts'
import type { StoredRod } from '../../core/calibration/asynchronous/storedCalibration.ts'
import type { MeasuredRod } from '../../core/calibration/densityCalibration.ts'
import type { PhantomModel } from '../../core/calibration/phantomModel.ts'
import type { QctWarning } from '../../core/errors.ts'
import { buildVolume } from '../../dicom/buildVolume.ts'
import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtSeries, CtStudy } from '../../dicom/ctStudy.ts'
import { rodFacts } from '../pipeline/rodFacts.ts'
import { canonicalSha256 } from '../record/canonicalJson.ts'
import { SOFTWARE } from '../record/software.ts'
import { measurePhantomRods } from './measurePhantomRods.ts'
import { type PhantomScanKey, phantomScanKey } from './phantomScanKey.ts'

/** Which series of a phantom scan is measured, and which phantoms may lie in it. */
export interface PhantomScanSearch {
  readonly phantoms: readonly PhantomModel[]
  /** SeriesInstanceUID or series id; the program chooses where it is left out. */
  readonly series?: string | undefined
}

/** How the measuring is watched and stopped. */
export interface PhantomScanHooks {
  readonly onProgress?: (step: 'read' | 'rods', fraction: number) => void
  readonly signal?: AbortSignal
}

/** A phantom scan as it was measured, before any line is laid through it. */
export interface MeasuredPhantomScan extends PhantomScanKey {
  readonly phantom: PhantomModel
  readonly rods: readonly MeasuredRod[]
  readonly scan: PhantomScanRecord
  readonly warnings: readonly QctWarning[]
}

/** The program, as it stands in what it makes of a phantom scan. */
export const ANALYSED_BY = { name: SOFTWARE.name, version: SOFTWARE.version } as const

/**
 * Measures the rods of a phantom scan over all slices that every rod shares.
 *
 * @throws {QctError} What `phantomScanKey`, `chooseSeries`, `buildVolume` and `measurePhantomRods` refuse.
 */
export async function measurePhantomScan(
  study: CtStudy,
  { phantoms, series: asked }: PhantomScanSearch,
  { onProgress, signal }: PhantomScanHooks = {},
): Promise<MeasuredPhantomScan> {
  const choice = chooseSeries(study, asked === undefined ? {} : { series: asked })
  const { series } = choice
  const key = phantomScanKey(series, study)
  const { volume, warnings } = await buildVolume(series, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, total) => onProgress?.('read', done / total),
  })
  const measured = measurePhantomRods(volume, {
    phantoms,
    onProgress: (done) => onProgress?.('rods', done),
  })
  return {
    ...key,
    phantom: measured.phantom,
    rods: measured.rods,
    scan: {
      seriesInstanceUid: series.seriesInstanceUid,
      slices: series.frames.length,
      zRangeMm: [...measured.zRange],
      sha256: await scanSha256(series),
    },
    warnings: [...series.warnings, ...choice.warnings, ...warnings, ...measured.warnings],
  }
}

/** SHA-256 of what its files say of a scan: identities and places of its images, and how they were made. No patient in it. */
const scanSha256 = ({ seriesInstanceUid, acquisition, frames }: CtSeries) =>
  canonicalSha256({
    seriesInstanceUid,
    acquisition,
    frames: frames.map((frame) => [
      frame.sopInstanceUid,
      frame.imagePositionPatient,
      frame.columns,
      frame.rows,
    ]),
  })

/** Measured rods as they are kept. */
export const storedRods = (rods: readonly MeasuredRod[]): StoredRod[] => rods.map(rodFacts)

/** Doubts as they are kept, each once. */
export function keptWarnings(warnings: readonly QctWarning[]): KeptWarning[] {
  const said = new Map(warnings.map(({ code, message }) => [`${code} ${message}`, { code, message }]))
  return [...said.values()]
}
