import { QctError } from '../../core/errors.ts'
import { openPaths } from '../../dicom/node/openPaths.ts'
import { openExam } from '../../dicom/openExam.ts'
import type { ExamRequest } from '../../exam/pipeline/examRequest.ts'
import { examSources } from '../../exam/pipeline/examSource.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { measureSource } from '../analyze/measureSource.ts'
import type { Terminal } from '../terminal.ts'

/**
 * Measures the one study of a folder of our own making, by the same way as any other study, into another folder.
 *
 * @throws {QctError} `NO_CT_IMAGES` when the folder holds no study.
 */
export async function measureFolder(
  exam: string,
  result: string,
  request: ExamRequest,
  terminal: Terminal,
): Promise<ExamRecord> {
  const files = await openPaths([exam])
  const [source] = examSources(await openExam(files), [])
  if (source === undefined) throw new QctError('NO_CT_IMAGES', { files: files.length })
  return measureSource(source, result, { requestFor: () => request, warnings: [], terminal })
}
