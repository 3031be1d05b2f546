import type { z } from 'zod'

/** Where in a JSON document a fault lies, as `spine[0].centerLps`. */
const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (sofar, key) =>
      typeof key === 'number' ? `${sofar}[${key}]` : sofar === '' ? String(key) : `${sofar}.${String(key)}`,
    '',
  ) || 'the top'

/** The first fault a schema found: its path in the JSON and what is wrong there. Values are never repeated. */
export function firstIssue(error: z.ZodError): {
  readonly text: string
  readonly details: { readonly path: string; readonly problem: string }
} {
  const issue = error.issues[0]
  const path = pathOf(issue?.path ?? [])
  const problem = (issue?.message ?? 'unknown fault').replace(/\.$/, '')
  return { text: `${path}: ${problem}`, details: { path, problem } }
}
