import { phrase } from '../../core/words/words.ts'
import { analyzePhantomScan } from '../../exam/phantomScan/analyzePhantomScan.ts'
import { storeCalibration } from '../../registry/storeCalibration.ts'
import { EXIT } from '../exitCode.ts'
import { readJsonFile } from '../jsonFile.ts'
import { refusalLine } from '../refusalLine.ts'
import { processTerminal } from '../terminal.ts'
import { calibrationLines } from './calibrationLines.ts'
import { isScanRefusal, phantomStudy, scanProgress } from './phantomStudy.ts'
import { withRegistry } from './withRegistry.ts'

/** The options of `calibration add` as the shell gives them. */
export interface AddOptions {
  readonly phantomSerial: string
  readonly phantom?: string
  readonly certificate?: string
  readonly series?: string
  readonly data?: string
  readonly quiet?: true
}

/**
 * `trabecula calibration add`: analyses the scan of a phantom alone and keeps it as a calibration. Gives the exit code.
 *
 * @throws {QctError} Every fault of input or usage, by code; a refused scan is an exit code, not a failure.
 */
export async function addCommand(paths: readonly string[], options: AddOptions): Promise<number> {
  const terminal = processTerminal(options.quiet === true)
  const { phantomSerial, phantom, series } = options
  const certificate =
    options.certificate === undefined ? undefined : readJsonFile(options.certificate, 'certificate')
  return withRegistry(options.data, async ({ database }) => {
    const study = await phantomStudy(paths, terminal)
    try {
      const calibration = await analyzePhantomScan(
        study,
        { phantomSerial: phantomSerial.trim(), phantom, certificate, series },
        { onProgress: scanProgress(terminal) },
      )
      const row = await storeCalibration(database, calibration, new Date().toISOString())
      terminal.print(phrase('cli.printed.calibration', { id: row.calibration_id }))
      for (const line of calibrationLines(calibration)) terminal.print(line)
      return EXIT.done
    } catch (error) {
      if (!isScanRefusal(error)) throw error
      terminal.complain(refusalLine(error))
      return EXIT.refused
    }
  })
}
