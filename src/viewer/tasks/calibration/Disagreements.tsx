import { phrase } from '../../../core/words/words.ts'
import type { Disagreement } from '../../../exam/record/routeResults.ts'

/** Where routes disagree beyond their joint doubt, and which of them are on other mineral scales; each once. */
export function Disagreements({ found }: { readonly found: readonly Disagreement[] }) {
  if (found.length === 0) return null
  const said = new Map(found.map((pair) => [inWords(pair), pair.kind]))
  return (
    <ul className="doubts" data-testid="disagreements">
      {[...said].map(([text, kind]) => (
        <li key={text} data-kind={kind}>
          <span className={kind === 'differ' ? 'sign sign-doubt' : 'sign'} aria-hidden="true">
            {kind === 'differ' ? '▲' : '≠'}
          </span>
          {text}
        </li>
      ))}
    </ul>
  )
}

function inWords({
  level,
  routes,
  kind,
  differenceMgPerCm3,
  jointMgPerCm3,
  crossedCuts,
}: Disagreement): string {
  const [first, second] = routes.map((route) => phrase(`report.route.name.${route}`))
  if (kind === 'other mineral scale') return phrase('report.route.otherScale', { first, second })
  const differ = phrase('report.route.differ', {
    level,
    first,
    second,
    difference: Math.abs(differenceMgPerCm3 ?? 0).toFixed(1),
    joint: (jointMgPerCm3 ?? 0).toFixed(1),
  })
  return crossedCuts.length === 0
    ? differ
    : `${differ} ${phrase('report.route.crosses', { cuts: crossedCuts })}`
}
