import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parseTissueReference, tissueReferenceFile } from '../../core/calibration/tissue/tissueFiles.ts'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { learnFromExams } from '../../exam/tissueReference/learnFromExams.ts'
import { type PhantomOptions, userPhantomsOf } from '../analyze/phantomFiles.ts'
import { EXIT } from '../exitCode.ts'
import { openSources } from '../openSources.ts'
import { notWritable, writeLooseFile } from '../outputFolder.ts'
import { refusalLine } from '../refusalLine.ts'
import { stepWords } from '../stepWords.ts'
import { processTerminal } from '../terminal.ts'
import { tissueReferenceLines, tissueScanLine } from './tissueReferenceLines.ts'

/** The options of `calibration learn-tissues` as the shell gives them. */
export interface LearnTissuesOptions extends PhantomOptions {
  readonly out: string
  readonly deviceSerial?: string
  readonly kvp?: number
  readonly quiet?: true
}

/**
 * `trabecula calibration learn-tissues`: learns the reference densities of tissues from patients scanned with a phantom, and
 * writes the file that `analyze --tissue-file` reads. Gives the exit code; every scan is a line of the table on stdout.
 *
 * @throws {QctError} Every fault of input or usage, by code; scans that cannot be learned from are an exit code.
 */
export async function learnTissuesCommand(
  paths: readonly string[],
  options: LearnTissuesOptions,
): Promise<number> {
  const terminal = processTerminal(options.quiet === true)
  const { out, phantom = null, deviceSerial = null, kvp = null } = options
  const userPhantoms = userPhantomsOf(options)
  probeOutputFile(out)
  const sources = await openSources(paths, terminal, null, 'cli.printed.setAsideCount')
  const { rows, reference } = await learnFromExams(
    sources,
    { phantom, userPhantoms, deviceSerial, kvp },
    {
      onProgress: (number, count, step, fraction) =>
        terminal.progress(phrase('cli.step.study', { number, count, step: stepWords(step) }), fraction),
    },
  )
  for (const row of rows) terminal.print(tissueScanLine(row))
  if (!reference.ok) {
    terminal.complain(refusalLine(reference.error))
    return EXIT.refused
  }
  // Through its own reader: what is written must be readable.
  const file = tissueReferenceFile(parseTissueReference(tissueReferenceFile(reference.value)))
  writeLooseFile(out, `${JSON.stringify(file, null, 2)}\n`)
  for (const line of tissueReferenceLines(reference.value, rows.length)) terminal.print(line)
  terminal.print(phrase('cli.printed.tissueReference', { path: out }))
  return EXIT.done
}

/**
 * Makes sure, before minutes of work, that the reference can be written, and that no other file stands in its place.
 * @throws {QctError} `OUTPUT_NOT_WRITABLE`, `OUTPUT_FOREIGN`.
 */
function probeOutputFile(path: string): void {
  if (existsSync(path) && !isReference(path)) throw new QctError('OUTPUT_FOREIGN', { file: basename(path) })
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true })
    accessSync(dirname(resolve(path)), constants.W_OK)
  } catch (cause) {
    throw notWritable(cause)
  }
}

/** Whether a file is a reference that was learned, and not one that somebody typed. */
function isReference(path: string): boolean {
  try {
    return parseTissueReference(JSON.parse(readFileSync(path, 'utf8'))).origin === 'pre-calibration'
  } catch {
    return false
  }
}
