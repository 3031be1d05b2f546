import type {
  AsynchronousAcquisition,
  StoredCalibration,
} from '../../core/calibration/asynchronous/storedCalibration.ts'
import { QctError } from '../../core/errors.ts'
import type { CtSeries, CtStudy } from '../../dicom/ctStudy.ts'
import { imageQuantity } from '../../dicom/imageQuantity.ts'

/** What the headers of a phantom scan say that later scans are matched by. */
export interface PhantomScanKey {
  readonly key: Omit<StoredCalibration['key'], 'phantomSerial'>
  readonly acquisition: AsynchronousAcquisition
  /** Day of the scan, `YYYY-MM-DD`. */
  readonly date: string
}

/**
 * Reads scanner, voltage, settings and day of a phantom scan from its headers. Settings may be left unsaid, the rest may not.
 *
 * @param series - The series to measure, one of the study's.
 * @throws {QctError} `PHANTOM_SCAN_KVP_MIXED` when slices of the series were made at another voltage;
 *   `PHANTOM_SCAN_KEY_MISSING` naming the DICOM attributes that are not there.
 * @see DICOM PS3.3 C.7.5.1 (equipment), C.8.2.1 (CT image)
 */
export function phantomScanKey(series: CtSeries, study: CtStudy): PhantomScanKey {
  const facts = series.acquisition
  // Reading splits a series by tube voltage: its other stacks have the same UID.
  const voltages = study.series
    .filter(({ seriesInstanceUid }) => seriesInstanceUid === series.seriesInstanceUid)
    .map(({ acquisition }) => acquisition.kvp)
  if (new Set(voltages).size > 1)
    throw new QctError('PHANTOM_SCAN_KVP_MIXED', {
      found: [...new Set(voltages.map((kvp) => (kvp === undefined ? '?' : String(kvp))))],
    })

  const missing: string[] = []
  const needed = <T>(attribute: string, value: T | undefined, absent: T): T => {
    if (value === undefined || value === '') missing.push(attribute)
    return value ?? absent
  }
  const read: PhantomScanKey = {
    key: {
      deviceSerial: needed('DeviceSerialNumber', facts.deviceSerialNumber, ''),
      model: needed('ManufacturerModelName', facts.manufacturerModelName, ''),
      kvp: needed<number>('KVP', facts.kvp, 0),
    },
    acquisition: {
      kernel: facts.convolutionKernel || null,
      tableHeightMm: facts.tableHeight ?? null,
      reconstructionDiameterMm: facts.reconstructionDiameter ?? null,
      sliceThicknessMm: facts.sliceThickness ?? null,
      monoenergeticKev: needed('MonoenergeticEnergyEquivalent', monoenergeticKev(series), null),
    },
    date: needed('AcquisitionDate', facts.acquisitionDate || study.studyDate || undefined, ''),
  }
  if (missing.length > 0) throw new QctError('PHANTOM_SCAN_KEY_MISSING', { missing })
  return read
}

/** Energy of a monoenergetic image; null for a conventional one, undefined where the image does not say its energy. */
function monoenergeticKev({ acquisition, seriesDescription }: CtSeries): number | null | undefined {
  const quantity = imageQuantity(acquisition, seriesDescription)
  if (quantity.kind !== 'monoenergetic') return null
  const energy = Number.parseFloat(quantity.energy)
  return energy > 0 ? energy : undefined
}
