import { phrase } from '../../core/words/words.ts'
import { listCalibrations, listQualityChecks } from '../../registry/calibrations.ts'
import { EXIT } from '../exitCode.ts'
import { processTerminal } from '../terminal.ts'
import { calibrationRowLine } from './calibrationLines.ts'
import { withRegistry } from './withRegistry.ts'

/** The options of `calibration list` as the shell gives them. */
export interface ListOptions {
  readonly withdrawn?: true
  readonly data?: string
}

/**
 * `trabecula calibration list`: one line per calibration, newest phantom scan first. Gives the exit code.
 *
 * @throws {QctError} What `withRegistry` throws.
 */
export async function listCommand({ withdrawn, data }: ListOptions): Promise<number> {
  const terminal = processTerminal(false)
  return withRegistry(data, async ({ database }) => {
    const rows = await listCalibrations(database, { withdrawn })
    const checks = await listQualityChecks(
      database,
      rows.map(({ calibration_id }) => calibration_id),
    )
    for (const row of rows) terminal.print(calibrationRowLine(row, checks))
    if (rows.length === 0) terminal.print(phrase('cli.printed.noCalibrations'))
    return EXIT.done
  })
}
