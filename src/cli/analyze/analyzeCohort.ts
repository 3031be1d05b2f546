import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import { anonymousName, type ExamSource, examDigest } from '../../exam/pipeline/examSource.ts'
import { type ExamRecord, parseExamRecord } from '../../exam/record/examRecord.ts'
import { type CohortEntry, cohortCsv } from '../../exam/render/cohortCsv.ts'
import { EXIT } from '../exitCode.ts'
import { RECORD_FILE, writeLooseFile } from '../outputFolder.ts'
import { refusalLine } from '../refusalLine.ts'
import type { AnalyzeCall } from './analyzeCall.ts'
import { measureSource } from './measureSource.ts'

/**
 * Measures several exams, a folder each, and writes `cohort.csv` after every one. A study that fails is a line of the
 * table and stops nothing. An exam whose record is whole and stands on the same images, request and program is left.
 *
 * @returns The exit code: done only when every exam is.
 * @throws {QctError} `OUTPUT_NOT_WRITABLE`: when nothing can be written there is no sense in going on.
 */
export async function analyzeCohort(
  sources: readonly ExamSource[],
  call: AnalyzeCall,
  mayResume: boolean,
): Promise<number> {
  const entries: CohortEntry[] = []
  const table = join(call.out, COHORT_FILE)
  refuseForeignTable(table)
  for (const [index, source] of sources.entries()) {
    const name = await anonymousName(source)
    const label = (step: string) =>
      phrase('cli.step.study', { number: index + 1, count: sources.length, step })
    const entry = await cohortEntry(source, name, call, mayResume, label)
    entries.push(entry)
    writeLooseFile(table, cohortCsv(entries))
  }
  call.terminal.print(phrase('cli.printed.cohort', { path: table }))
  return entries.every(({ record }) => record?.status === 'done') ? EXIT.done : EXIT.refused
}

const COHORT_FILE = 'cohort.csv'

/** A table that does not begin as ours does is somebody else's. */
function refuseForeignTable(table: string): void {
  const ours = cohortCsv([]).split(',').slice(0, 3).join(',')
  if (existsSync(table) && !readFileSync(table, 'utf8').startsWith(ours))
    throw new QctError('OUTPUT_FOREIGN', { file: COHORT_FILE })
}

async function cohortEntry(
  source: ExamSource,
  folder: string,
  call: AnalyzeCall,
  mayResume: boolean,
  label: (step: string) => string,
): Promise<CohortEntry> {
  const path = join(call.out, folder)
  try {
    const earlier = mayResume ? await finishedRecord(source, path, call) : null
    if (earlier !== null) {
      call.terminal.print(phrase('cli.printed.resumed', { name: folder }))
      return { folder, record: earlier, failure: null }
    }
    const record = await measureSource(source, path, call, label)
    call.terminal.print(
      phrase('cli.printed.study', { name: folder, status: record.refusal?.code ?? record.status }),
    )
    return { folder, record, failure: null }
  } catch (error) {
    const failure = error instanceof QctError ? error : new QctError('UNEXPECTED', { problem: String(error) })
    if (failure.code === 'OUTPUT_NOT_WRITABLE') throw failure
    call.terminal.complain(`${folder}  ${refusalLine(failure)}`)
    return { folder, record: null, failure: { code: failure.code, message: failure.message } }
  }
}

/** The record of an earlier run, when its folder is whole and nothing that decides the result has changed. */
async function finishedRecord(
  source: ExamSource,
  path: string,
  call: AnalyzeCall,
): Promise<ExamRecord | null> {
  if (!existsSync(join(path, RECORD_FILE)) || !existsSync(join(path, 'report.txt'))) return null
  try {
    const record = parseExamRecord(readFileSync(join(path, RECORD_FILE), 'utf8'))
    return record.inputs.digest === (await examDigest(source, call.requestFor(source))) ? record : null
  } catch {
    return null // a damaged record is measured again
  }
}
