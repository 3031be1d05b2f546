import { DEFAULT_QUALITY_LIMITS } from '../../core/calibration/asynchronous/judgeQuality.ts'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { chooseSeries } from '../../dicom/chooseSeries.ts'
import type { CtStudy } from '../../dicom/ctStudy.ts'
import { checkPhantomScan } from '../../exam/phantomScan/checkPhantomScan.ts'
import { phantomScanKey } from '../../exam/phantomScan/phantomScanKey.ts'
import { type CalibrationRow, calibrationOf, listCalibrations } from '../../registry/calibrations.ts'
import { storeQualityCheck } from '../../registry/storeCalibration.ts'
import type { RegistryDatabase } from '../../registry/tables.ts'
import { EXIT } from '../exitCode.ts'
import { refusalLine } from '../refusalLine.ts'
import { processTerminal } from '../terminal.ts'
import { qualityLines } from './calibrationLines.ts'
import { isScanRefusal, phantomStudy, scanProgress } from './phantomStudy.ts'
import { withRegistry } from './withRegistry.ts'

/** The options of `calibration check` as the shell gives them. */
export interface CheckOptions {
  readonly phantomSerial?: string
  /** The site's own limit, in per cent. */
  readonly limit?: number
  readonly series?: string
  readonly data?: string
  readonly quiet?: true
}

/**
 * `trabecula calibration check`: compares a later phantom scan with the newest calibration in use of its scanner, voltage and phantom,
 * and keeps the outcome. Gives the exit code: that of a refusal for a failed check.
 *
 * @throws {QctError} Every fault of input or usage, by code; a refused scan is an exit code, not a failure.
 */
export async function checkCommand(paths: readonly string[], options: CheckOptions): Promise<number> {
  const terminal = processTerminal(options.quiet === true)
  const { limit, series } = options
  return withRegistry(options.data, async ({ database }) => {
    const study = await phantomStudy(paths, terminal)
    try {
      const row = await calibrationFor(database, study, options)
      const check = await checkPhantomScan(
        study,
        calibrationOf(row),
        {
          series,
          ...(limit !== undefined && {
            limits: { ...DEFAULT_QUALITY_LIMITS, deviationPercent: limit, setBy: 'site' as const },
          }),
        },
        { onProgress: scanProgress(terminal) },
      )
      await storeQualityCheck(database, row.calibration_id, check, new Date().toISOString())
      for (const line of qualityLines(row.calibration_id, check)) terminal.print(line)
      return check.passed ? EXIT.done : EXIT.refused
    } catch (error) {
      if (!isScanRefusal(error)) throw error
      terminal.complain(refusalLine(error))
      return EXIT.refused
    }
  })
}

/** The newest calibration in use of the scan's scanner and voltage, with the phantom that was named or the only one there is. */
async function calibrationFor(
  database: RegistryDatabase,
  study: CtStudy,
  { phantomSerial, series: asked }: CheckOptions,
): Promise<CalibrationRow> {
  const { series } = chooseSeries(study, asked === undefined ? {} : { series: asked })
  const { key } = phantomScanKey(series, study)
  const rows = await listCalibrations(database, { ...key, phantomSerial: phantomSerial?.trim() })
  const serials = [...new Set(rows.map((row) => row.phantom_serial))]
  const [newest] = rows
  if (newest === undefined)
    throw new QctError('CALIBRATION_NOT_KEPT', { ...key, phantomSerial: phantomSerial?.trim() ?? '?' })
  if (serials.length > 1)
    throw new QctError('OPTION_INVALID', {
      option: '--phantom-serial',
      problem: phrase('cli.severalPhantoms', { serials, kvp: key.kvp }),
    })
  return newest
}
