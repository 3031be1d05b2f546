import { calibrateInScan } from '../../core/calibration/sampleRods.ts'
import type { PairedScan } from '../../core/calibration/tissue/learnTissueReference.ts'
import { usableTissues } from '../../core/calibration/tissue/usableTissues.ts'
import type { UserPhantoms } from '../../core/calibration/userPhantoms.ts'
import { QctError, type QctWarning } from '../../core/errors.ts'
import { namesAgent } from '../../core/quality/acquisitionWarnings.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import { buildVolume } from '../../dicom/buildVolume.ts'
import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtSeries, CtStudy } from '../../dicom/ctStudy.ts'
import { type PhantomScanKey, phantomScanKey } from '../phantomScan/phantomScanKey.ts'
import { type BodyFinder, bodiesOfSeeds, bodyFinder } from '../pipeline/bodyFinder.ts'
import { breathe } from '../pipeline/breathe.ts'
import {
  type ExamRequest,
  PLAIN_REQUEST,
  requestedLevels,
  type TissueRequest,
} from '../pipeline/examRequest.ts'
import type { ExamHooks, ExamStep } from '../pipeline/examStep.ts'
import { type LevelSeed, levelSeeds } from '../pipeline/levelSeeds.ts'
import { placeRegion } from '../pipeline/placeRegion.ts'
import { tissueRegions } from '../pipeline/routes/tissueRegions.ts'
import { tissueSamples } from '../pipeline/routes/tissueSamples.ts'
import { findScanCalibration, regionOf } from '../pipeline/scanCalibration.ts'

/** Which scans are learned from. */
export interface TissueLearningRequest {
  /** Phantom model id of the library; null: the finder names it. */
  readonly phantom: string | null
  readonly userPhantoms: UserPhantoms
  /** DeviceSerialNumber of the scanner; null: that of the scans, which must all be of one. */
  readonly deviceSerial: string | null
  /** Tube voltage; null: that of most scans. */
  readonly kvp: number | null
}

/** What one scan with a phantom shows: the phantom's line and the patient's tissues. */
export interface TissuePair {
  readonly scan: PairedScan
  readonly model: string
  /** Day of the scan, `YYYY-MM-DD`. */
  readonly date: string
  readonly warnings: readonly QctWarning[]
}

/** How the measuring of a pair is watched and stopped. */
export type TissuePairHooks = Pick<ExamHooks, 'onProgress' | 'signal'>

/** The program places the tissues; what they count as is what is to be learned. */
const PLACED_TISSUES: TissueRequest = {
  densities: null,
  spread: null,
  reference: null,
  windows: null,
  regions: [],
}

/**
 * Measures the phantom and the tissues of one scan. The phantom's line is that of the slices from the lowest to the highest
 * VOI of L1 and L2, where the tissues are placed too.
 *
 * A scan with contrast agent is refused, and one in which no aorta was found: agent raises muscle by 5–15 HU, which no
 * window of muscle shows, and blood alone tells of it.
 *
 * @throws {QctError} `TISSUE_PAIR_OTHER`, `TISSUE_PAIR_AGENT`, `TISSUE_PAIR_CONTRAST`, `TISSUE_PAIR_AORTA_UNSEEN`; `TISSUES_TOO_FEW`;
 *   `NO_EVALUABLE_LEVEL`; `CANCELLED`; what reading, `phantomScanKey`, the finders of phantom and levels, sampling and fit refuse.
 */
export async function measureTissuePair(
  study: CtStudy,
  request: TissueLearningRequest,
  { onProgress, signal }: TissuePairHooks = {},
): Promise<TissuePair> {
  const tell = (step: ExamStep, done?: number) => {
    if (signal?.aborted) throw new QctError('CANCELLED', {})
    onProgress?.(step, done)
  }
  const step = async (name: ExamStep['name'] & ('rods' | 'levels' | 'tissues')) => {
    tell({ name })
    await breathe()
  }
  const choice = chooseSeries(study)
  const { series } = choice
  const scanned = phantomScanKey(series, study)
  refuseOther(series, scanned, request)
  const built = await buildVolume(series, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, total) => tell({ name: 'read' }, done / total),
  })
  const { volume } = built

  await step('rods')
  const asked: ExamRequest = {
    ...PLAIN_REQUEST,
    calibration: 'in-scan',
    phantom: request.phantom,
    userPhantoms: request.userPhantoms,
    tissue: PLACED_TISSUES,
  }
  const { found } = findScanCalibration(volume, asked, (done) => tell({ name: 'rods' }, done))
  if (found === null) throw new QctError('RODS_NOT_FOUND', {})

  await step('levels')
  const seeds = levelSeeds(volume, asked, undefined, (done) => tell({ name: 'levels' }, done))
  const findBody = bodyFinder(volume, (_key, find) => find())
  const vois = voisOf(seeds.levels, findBody, asked)
  const { calibration, warnings } = calibrateInScan(volume, found, regionOf(vois))

  await step('tissues')
  const tissues = placedTissues(volume, asked, seeds.levels, findBody, (done) =>
    tell({ name: 'tissues' }, done),
  )
  return {
    scan: {
      deviceSerial: scanned.key.deviceSerial,
      kvp: scanned.key.kvp,
      calibration,
      tissues: tissues.samples,
    },
    model: scanned.key.model,
    date: scanned.date,
    warnings: [...choice.warnings, ...built.warnings, ...found.warnings, ...warnings, ...tissues.warnings],
  }
}

/** Refuses what the header alone tells: another scanner, voltage or kind of image, and contrast agent. */
function refuseOther(
  { acquisition: facts }: CtSeries,
  { key, acquisition }: PhantomScanKey,
  { deviceSerial, kvp }: TissueLearningRequest,
): void {
  const other = (fact: string, found: string, needed: string) =>
    new QctError('TISSUE_PAIR_OTHER', { fact, found, needed })
  if (deviceSerial !== null && key.deviceSerial !== deviceSerial)
    throw other('device serial number', key.deviceSerial, deviceSerial)
  if (acquisition.monoenergeticKev !== null)
    throw other('kind of image', `monoenergetic, ${acquisition.monoenergeticKev} keV`, 'conventional')
  if (kvp !== null && key.kvp !== kvp) throw otherVoltage(key.kvp, kvp)
  const agent = facts.contrastBolusAgent ?? null
  if (namesAgent(agent)) throw new QctError('TISSUE_PAIR_AGENT', { agent: (agent ?? '').trim() })
}

/** The refusal of a scan at another voltage than the others. */
export const otherVoltage = (found: number, needed: number) =>
  new QctError('TISSUE_PAIR_OTHER', {
    fact: 'tube voltage',
    found: `${found} kVp`,
    needed: `${needed} kVp`,
  })

/** @throws {QctError} `NO_EVALUABLE_LEVEL`. */
function voisOf(
  seeds: readonly LevelSeed[],
  findBody: BodyFinder,
  request: ExamRequest,
): readonly EllipticalCylinder[] {
  const codes: string[] = []
  const vois = seeds.flatMap((seed) => {
    try {
      if ('error' in seed) throw seed.error
      return [placeRegion(seed.entry, findBody).voi]
    } catch (error) {
      if (!(error instanceof QctError)) throw error
      codes.push(error.code)
      return []
    }
  })
  if (vois.length === 0)
    throw new QctError('NO_EVALUABLE_LEVEL', { levels: requestedLevels(request), codes: [...new Set(codes)] })
  return vois
}

function placedTissues(
  volume: CtVolume,
  request: ExamRequest,
  seeds: readonly LevelSeed[],
  findBody: BodyFinder,
  onProgress: (done: number) => void,
) {
  const places = tissueRegions(volume, request, () => bodiesOfSeeds(seeds, findBody), onProgress)
  const usable = usableTissues(tissueSamples(volume, places.regions))
  for (const { code, details } of usable.warnings) {
    if (code === 'TISSUE_CONTRAST_SUSPECTED')
      throw new QctError('TISSUE_PAIR_CONTRAST', details as { found: number; limit: number })
  }
  if (!places.regions.some(({ tissue }) => tissue === 'blood'))
    throw new QctError('TISSUE_PAIR_AORTA_UNSEEN', {})
  if (usable.samples.length < 2)
    throw new QctError('TISSUES_TOO_FEW', { found: usable.samples.length, required: 2 })
  return { samples: usable.samples, warnings: [...places.warnings, ...usable.warnings] }
}
