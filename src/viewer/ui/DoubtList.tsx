import type { RecordWarning } from '../../exam/record/scalars.ts'

/** Doubts as sentences, each with the sign of doubt; nothing where there are none. */
export function DoubtList({ doubts }: { readonly doubts: readonly RecordWarning[] }) {
  if (doubts.length === 0) return null
  return (
    <ul className="doubts">
      {doubts.map(({ code, message }) => (
        <li key={`${code} ${message}`} data-code={code}>
          <span className="sign sign-doubt" aria-hidden="true">
            ▲
          </span>
          {message}
        </li>
      ))}
    </ul>
  )
}
