import { spawn } from 'node:child_process'

/** What a child process left behind. */
export interface ChildOutcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs one child of this Node and collects what it prints. */
export const runChild = (words: readonly string[]) =>
  new Promise<ChildOutcome>((resolve) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })

/** Works through the cases with at most `jobs` at once; outcomes keep the order of the cases. */
export async function inParallel<T, R>(
  cases: readonly T[],
  jobs: number,
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const outcomes = new Array<R>(cases.length)
  let next = 0
  const worker = async () => {
    while (next < cases.length) {
      const at = next++
      outcomes[at] = await work(cases[at] as T, at)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker))
  return outcomes
}
