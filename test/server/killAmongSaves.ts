import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import type { ExamToSave } from '../../src/registry/saveExam.ts'
import { emptyDataFolder } from '../registry/emptyCluster.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

/** The real server in a process of its own, when it says its address. */
async function served(dataFolder: string): Promise<{ child: ChildProcess; url: string }> {
  const words = [main, 'serve', '--no-build', '--port', '0', '--data', dataFolder]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /http:\/\/\S+(?=\/$)/.exec(line)?.[0]
    if (url !== undefined) return { child, url }
  }
  throw new Error('the server ended without an address')
}

async function save(url: string, { examId, ...body }: ExamToSave): Promise<number> {
  const answer = await fetch(`${url}/api/v1/exams/${examId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return (await answer.json()).version
}

/** Every exam's chain of versions as the server now has them: exam, version, hash. */
async function kept(url: string, examIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const examId of examIds) {
    const answer = await fetch(`${url}/api/v1/exams/${examId}/versions`)
    if (!answer.ok) continue
    const { versions } = (await answer.json()) as { versions: { version: number; sha256: string }[] }
    for (const { version, sha256 } of versions) {
      found.add(`${examId} ${version} ${sha256}`)
      const exam = await fetch(`${url}/api/v1/exams/${examId}/versions/${version}`)
      expect(exam.status).toBe(200) // its record is whole: the answer is made from it
    }
  }
  return found
}

/**
 * Has four writers save five versions of an exam each and kills the server when so many of the 20 saves were
 * acknowledged. Gives what was acknowledged and what a second server on the folder then has.
 */
export async function killAmongSaves(killAfter: number) {
  const dataFolder = await emptyDataFolder()
  const { child, url } = await served(dataFolder)
  const gone = once(child, 'exit')
  const examIds = Array.from({ length: 4 }, () => randomUUID() as string)
  const acknowledged = new Set<string>()
  const writer = async (examId: string) => {
    for (let n = 0; n < 5; n++) {
      const exam = await examToSave(examId, n, recordWith(`version ${n} of ${examId}`))
      const version = await save(url, exam)
      acknowledged.add(`${examId} ${version} ${exam.sha256}`)
      if (acknowledged.size === killAfter) child.kill('SIGKILL')
    }
  }
  const outcomes = await Promise.allSettled(examIds.map(writer))
  await gone
  expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true) // it did die among the saves
  expect(acknowledged.size).toBeGreaterThanOrEqual(killAfter)

  const again = await served(dataFolder) // and it takes the folder over from the dead one
  const found = await kept(again.url, examIds)
  again.child.kill('SIGTERM')
  await once(again.child, 'exit')
  return { acknowledged, found, writers: examIds.length }
}
