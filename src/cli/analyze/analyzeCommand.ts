import { QctError } from '../../core/errors.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import { openSources } from '../openSources.ts'
import { probeOutputFolder } from '../outputFolder.ts'
import { processTerminal } from '../terminal.ts'
import type { AnalyzeCall } from './analyzeCall.ts'
import { analyzeCohort } from './analyzeCohort.ts'
import { analyzeOne } from './analyzeOne.ts'
import { type AnalyzeOptions, requestOf } from './analyzeOptions.ts'
import { keptRequests } from './keptRequests.ts'

/**
 * `trabecula analyze`: reads what the paths hold, measures every study in it, and writes the results.
 *
 * @returns The exit code.
 * @throws {QctError} Every fault of input or usage, by code.
 */
export async function analyzeCommand(paths: readonly string[], options: AnalyzeOptions): Promise<number> {
  const terminal = processTerminal(options.quiet === true)
  const { request, warnings } = requestOf(options)
  probeOutputFolder(options.out)

  const sources = await openSources(paths, terminal, request.seriesUid)
  const [only] = sources
  if (sources.length > 1) refuseOneExamOptions(request, sources.length)
  const requestFor =
    options.data === undefined ? () => request : await keptRequests(sources, request, options.data)
  const call: AnalyzeCall = { requestFor, warnings, out: options.out, terminal }
  return sources.length === 1 && only !== undefined
    ? analyzeOne(only, call)
    : analyzeCohort(sources, call, options.resume)
}

/** A seed in one patient's world or one patient's age must not be used for several. */
function refuseOneExamOptions({ roiFile, patientFile, dualEnergy }: ExamRequest, count: number): void {
  const given = [
    ['--roi', roiFile],
    ['--patient', patientFile],
    ['--second-series', dualEnergy],
  ] as const
  const option = given.find(([, value]) => value !== null)?.[0] ?? null
  if (option !== null)
    throw new QctError('OPTION_INVALID', {
      option,
      problem: phrase('cli.oneExamOnly', { count }),
    })
}
