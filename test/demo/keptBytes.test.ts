import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import {
  type ExamParameters,
  parseExamParameters,
  randomExamParameters,
} from '../../src/demo/examParameters.ts'
import { writeExam } from '../../src/demo/writeExam.ts'

/** Parameters as they were stored before exams stated a dose, tissues or a second voltage. */
const stored = async () =>
  parseExamParameters(
    JSON.parse(
      await readFile(new URL('../fixtures/demo/params-before-tissue.json', import.meta.url), 'utf8'),
    ),
  )

async function digest(parameters: ExamParameters): Promise<string> {
  const hash = createHash('sha256')
  await writeExam(parameters, async (path, bytes) => {
    hash.update(path).update(bytes)
  })
  return hash.digest('hex')
}

describe('exams of parameters that state no tissues', () => {
  // digests taken of the generator as it was before tissues could be stated
  it('keep every byte of every file', async () => {
    const parameters = await stored()
    expect(await digest(parameters)).toBe('7111988170cf7930d1d8e6f8871535f7e4d1c069d63a0d0113d885d2cf54c498')
  })

  it('keep them at another voltage on a phantom of hydroxyapatite', async () => {
    const kept = await stored()
    const parameters: ExamParameters = {
      ...kept,
      scanner: { ...kept.scanner, kvp: 80 },
      phantom: { ...kept.phantom!, id: 'qrm-bdc-3' },
    }
    expect(await digest(parameters)).toBe('81b52d578d2ede6138333f6c019bdfaaa376d993e0cfbe72c873969bf60c05fe')
  })

  it('are drawn as they were', () => {
    const hash = createHash('sha256')
    for (let index = 0; index < 20; index++) hash.update(JSON.stringify(randomExamParameters(2026, index)))
    expect(hash.digest('hex')).toBe('e8214b607089f6c75c5da0d1be709ebe15bae4332e912b15f824f3b93f7d13d8')
  })
})
