import { QctError, type QctErrorCode } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import type { CtStudy } from '../../dicom/ctStudy.ts'
import { openPaths } from '../../dicom/node/openPaths.ts'
import { openExam } from '../../dicom/openExam.ts'
import { isNiftiName } from '../../exam/pipeline/examSource.ts'
import { isUsage } from '../exitCode.ts'
import type { Terminal } from '../terminal.ts'

/**
 * The one study of CT images that the paths hold.
 *
 * @throws {QctError} `PHANTOM_SCAN_KEY_MISSING` for a NIfTI volume, which has no headers; `NO_CT_IMAGES`; `OPTION_INVALID` for several
 *   studies; what `openPaths` and `openExam` refuse.
 */
export async function phantomStudy(paths: readonly string[], terminal: Terminal): Promise<CtStudy> {
  terminal.progress(phrase('cli.step.open'))
  const files = await openPaths(paths)
  const { studies } = await openExam(
    files.filter(({ path }) => !isNiftiName(path)),
    { onProgress: (done, total) => terminal.progress(phrase('cli.step.open'), done / total) },
  )
  const [study] = studies
  if (study === undefined) {
    if (files.some(({ path }) => isNiftiName(path)))
      throw new QctError('PHANTOM_SCAN_KEY_MISSING', {
        missing: ['DeviceSerialNumber', 'ManufacturerModelName', 'KVP', 'AcquisitionDate'],
      })
    throw new QctError('NO_CT_IMAGES', { files: files.length })
  }
  if (studies.length > 1)
    throw new QctError('OPTION_INVALID', {
      option: '<path...>',
      problem: phrase('cli.onePhantomScan', { count: studies.length }),
    })
  return study
}

/** Codes by which a phantom scan is wrongly named, not refused. */
const WRONGLY_NAMED: ReadonlySet<QctErrorCode> = new Set<QctErrorCode>([
  'PHANTOM_UNKNOWN',
  'PHANTOM_FILE_INVALID',
  'PHANTOM_SERIAL_DIFFERS',
  'CANCELLED',
])

/** Whether a failure is the refusal of a scan that was found, and not one of usage. */
export const isScanRefusal = (error: unknown): error is QctError =>
  error instanceof QctError && !isUsage(error.code) && !WRONGLY_NAMED.has(error.code)

/** Says on the terminal what is being done with the scan. */
export const scanProgress =
  (terminal: Terminal) =>
  (step: 'read' | 'rods', fraction: number): void =>
    terminal.progress(phrase(`cli.step.${step}`), fraction)
