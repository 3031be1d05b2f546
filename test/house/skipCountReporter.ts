import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Prints, after a run, how many tests passed and failed, and how many were skipped for each outside thing they
 * needed, so that a green run on a bare machine cannot be mistaken for a full one.
 */
export default class SkipCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    const skippedFor = new Map<string, number>()
    for (const testModule of modules) {
      if (testModule.errors().length > 0) count.failed++
      for (const test of testModule.children.allTests()) {
        const { state } = test.result()
        count[state]++
        if (state === 'skipped') {
          const kind = neededKind(test)
          skippedFor.set(kind, (skippedFor.get(kind) ?? 0) + 1)
        }
      }
    }
    for (const [kind, n] of [...skippedFor].sort()) console.log(`skipped for want of ${kind}: ${n}`)
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
  }
}

function neededKind(test: TestCase): string {
  return /\[([\w+-]+)\]/.exec(test.fullName)?.[1] ?? 'another reason'
}
