import { QctError } from '../../core/errors.ts'
import { calibrationOf, readCalibration } from '../../registry/calibrations.ts'
import { EXIT } from '../exitCode.ts'
import { processTerminal } from '../terminal.ts'
import { calibrationId, withRegistry } from './withRegistry.ts'

/**
 * `trabecula calibration export`: writes a calibration in use as JSON of the current schema version to stdout. Gives the exit code.
 *
 * @throws {QctError} `OPTION_INVALID`, `CALIBRATION_UNKNOWN`, `CALIBRATION_WITHDRAWN`; what `withRegistry` throws.
 */
export async function exportCommand(id: string, { data }: { readonly data?: string }): Promise<number> {
  const terminal = processTerminal(false)
  const named = calibrationId(id)
  return withRegistry(data, async ({ database }) => {
    const row = await readCalibration(database, named)
    // A file cannot be called back: what was withdrawn is not given out.
    if (row.withdrawn_at !== null)
      throw new QctError('CALIBRATION_WITHDRAWN', { day: row.withdrawn_at.toISOString().slice(0, 10) })
    terminal.print(JSON.stringify(calibrationOf(row), null, 2))
    return EXIT.done
  })
}
