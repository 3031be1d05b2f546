import type { QctWarning } from '../../core/errors.ts'
import type { RecordWarning } from '../record/scalars.ts'

/** A doubt as the record keeps it: code and message. */
const recordWarning = ({ code, message }: QctWarning): RecordWarning => ({ code, message })

/** Doubts with every code and message once, in the order of their first appearance. */
export function recordWarnings(warnings: readonly QctWarning[]): RecordWarning[] {
  const said = new Map(
    warnings.map((warning) => [`${warning.code} ${warning.message}`, recordWarning(warning)]),
  )
  return [...said.values()]
}
