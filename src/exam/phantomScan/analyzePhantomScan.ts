import {
  parseStoredCalibration,
  type StoredCalibration,
} from '../../core/calibration/asynchronous/storedCalibration.ts'
import { fitCalibration } from '../../core/calibration/fitCalibration.ts'
import {
  PHANTOM_LIBRARY,
  phantomById,
  phantomFromCertificate,
} from '../../core/calibration/phantomLibrary.ts'
import type { PhantomModel } from '../../core/calibration/phantomModel.ts'
import { refuseUnsureName } from '../../core/calibration/refuseUnsureName.ts'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import type { CtStudy } from '../../dicom/ctStudy.ts'
import {
  ANALYSED_BY,
  keptWarnings,
  measurePhantomScan,
  type PhantomScanHooks,
  storedRods,
} from './measurePhantomScan.ts'

/** Which phantom was scanned, and where. */
export interface PhantomScanRequest {
  /** Serial number of the phantom, as engraved on it. No header states it. */
  readonly phantomSerial: string
  /** Model id of the library; the finder names the model where it is left out. */
  readonly phantom?: string | undefined
  /** JSON of the phantom's own certificate, not yet checked. It names the model too. */
  readonly certificate?: unknown
  /** SeriesInstanceUID or series id; the program chooses where it is left out. */
  readonly series?: string | undefined
}

/**
 * Analyses the scan of a phantom into the calibration that is kept for later patients of the same scanner and voltage.
 *
 * Rods are sampled over all slices they share; residual, slope, drift along the rods and noise are judged as in a scan with a
 * patient (`CALIBRATION_GATES`, `ROD_SAMPLING`), and every doubt is kept with the line.
 *
 * @throws {QctError} What `measurePhantomScan` and `fitCalibration` refuse; `PHANTOM_NAME_UNSURE`; `PHANTOM_UNKNOWN`, `PHANTOM_FILE_INVALID`;
 *   `PHANTOM_SERIAL_DIFFERS` when the certificate is of another phantom.
 * @see docs/methods/asynchronous-calibration.md
 */
export async function analyzePhantomScan(
  study: CtStudy,
  request: PhantomScanRequest,
  hooks: PhantomScanHooks = {},
): Promise<StoredCalibration> {
  const search = { phantoms: phantomsOf(request), series: request.series }
  const measured = await measurePhantomScan(study, search, hooks)
  const { phantom, rods, acquisition, date, scan } = measured
  const { calibration, warnings } = fitCalibration(phantom, rods)
  if (search.phantoms.length > 1) refuseUnsureName(phantom, calibration)
  const { covariance } = calibration
  // Through its own reader: what is kept must be readable.
  return parseStoredCalibration({
    schemaVersion: 2,
    key: { ...measured.key, phantomSerial: request.phantomSerial },
    acquisition,
    date,
    phantom: phantom.id,
    mineral: phantom.mineral,
    line: {
      slopeMgPerCm3PerHu: calibration.slope,
      interceptMgPerCm3: calibration.intercept,
      residualSdMgPerCm3: calibration.residualSd,
      covariance: [covariance[0], covariance[1], covariance[2]],
    },
    origin: {
      equation: phantom.equation,
      densitiesFrom: phantom.densitiesFrom,
      citation: phantom.citation,
      rods: storedRods(rods),
      warnings: keptWarnings([...certificateWarnings(phantom, request), ...measured.warnings, ...warnings]),
      scan,
      software: ANALYSED_BY,
    },
  } satisfies StoredCalibration)
}

/** The phantoms to look for: the one of the certificate, the one that was named, or all. */
function phantomsOf({ phantom, certificate, phantomSerial }: PhantomScanRequest): readonly PhantomModel[] {
  const named = phantom === undefined ? undefined : phantomById(phantom)
  if (certificate === undefined) return named === undefined ? PHANTOM_LIBRARY : [named]
  const certified = phantomFromCertificate(certificate)
  if (named !== undefined && named.id !== certified.id)
    throw new QctError('PHANTOM_SERIAL_DIFFERS', { found: named.name, certificate: certified.name })
  const [serial = ''] = certified.serials
  if (serial !== phantomSerial)
    throw new QctError('PHANTOM_SERIAL_DIFFERS', { found: phantomSerial, certificate: serial })
  return [certified]
}

/** Densities differ from phantom to phantom of one model: those of another one are a doubt. */
const certificateWarnings = (
  { densitiesFrom, serials }: PhantomModel,
  { phantomSerial }: PhantomScanRequest,
): QctWarning[] =>
  densitiesFrom === 'certificate' || serials.includes(phantomSerial)
    ? []
    : [
        qctWarning('PHANTOM_NOT_OF_CERTIFICATE', {
          serial: phantomSerial,
          serials: serials.length > 0 ? serials : [phrase('asynchronous.notStated')],
        }),
      ]
