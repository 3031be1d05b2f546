import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamParameters } from '../../demo/examParameters.ts'
import type { ExamTruth } from '../../demo/examTruth.ts'
import { writeExam } from '../../demo/writeExam.ts'
import { notWritable, partialName } from '../outputFolder.ts'
import { forgetPartial, rememberPartial } from '../partialFolders.ts'
import type { Terminal } from '../terminal.ts'

/** The file by which a folder is known as a digital exam of ours. */
const TRUTH_FILE = 'truth.json'

/**
 * Writes a digital exam into a folder, whole or not at all; an earlier digital exam there is replaced.
 *
 * @returns The exam's truth.
 * @throws {QctError} `OUTPUT_NOT_WRITABLE`; `OUTPUT_FOREIGN` when the folder holds anything but a digital exam.
 */
export async function writeDemoExam(
  folder: string,
  parameters: ExamParameters,
  terminal: Terminal,
): Promise<ExamTruth> {
  const whole = resolve(folder)
  refuseForeign(whole)
  let partial: string | undefined
  try {
    mkdirSync(dirname(whole), { recursive: true })
    partial = join(dirname(whole), partialName(whole))
    rememberPartial(partial)
    mkdirSync(partial)
    const made = partial
    const sink = async (path: string, bytes: Uint8Array) => {
      const file = join(made, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
      await setImmediate() // drawing slices never yields by itself, and Ctrl-C must be heard
    }
    const step = phrase('cli.step.generate')
    terminal.progress(step)
    const truth = await writeExam(parameters, sink, {
      onProgress: (done, total) => terminal.progress(step, done / total),
    })
    replaceFolder(whole, partial)
    return truth
  } catch (cause) {
    if (partial !== undefined) rmSync(partial, { recursive: true, force: true })
    throw (cause as { code?: unknown }).code === undefined ? cause : notWritable(cause)
  } finally {
    if (partial !== undefined) forgetPartial(partial)
  }
}

function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (cause) {
    throw notWritable(cause)
  }
  if (names.length > 0 && !names.includes(TRUTH_FILE))
    throw new QctError('OUTPUT_FOREIGN', { file: names[0] ?? '' })
}

/** Puts a finished folder in the place of an older one, which goes only when the new one stands. */
function replaceFolder(folder: string, finished: string): void {
  const old = `${finished}-old`
  const isThere = existsSync(folder)
  if (isThere) renameSync(folder, old)
  renameSync(finished, folder)
  if (isThere) rmSync(old, { recursive: true, force: true })
}
