import { withdrawalReasonSchema } from '../../api/calibrations.ts'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { withdrawCalibration } from '../../registry/storeCalibration.ts'
import { EXIT } from '../exitCode.ts'
import { processTerminal } from '../terminal.ts'
import { calibrationRowLine } from './calibrationLines.ts'
import { calibrationId, withRegistry } from './withRegistry.ts'

/**
 * `trabecula calibration withdraw`: takes a calibration out of use for a reason. Gives the exit code.
 *
 * @throws {QctError} `OPTION_INVALID`, `CALIBRATION_UNKNOWN`, `CALIBRATION_WITHDRAWN`; what `withRegistry` throws.
 */
export async function withdrawCommand(
  id: string,
  { reason, data }: { readonly reason: string; readonly data?: string },
): Promise<number> {
  const terminal = processTerminal(false)
  const named = calibrationId(id)
  const said = withdrawalReasonSchema.safeParse(reason)
  if (!said.success)
    throw new QctError('OPTION_INVALID', { option: '--reason', problem: phrase('cli.notAReason') })
  return withRegistry(data, async ({ database }) => {
    const row = await withdrawCalibration(database, named, said.data, new Date().toISOString())
    terminal.print(calibrationRowLine(row, []))
    return EXIT.done
  })
}
