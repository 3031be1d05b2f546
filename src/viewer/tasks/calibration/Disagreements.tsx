import { DENSITY_ROUTES } from '../../../core/calibration/calibrationRoute.ts'
import { phrase } from '../../../core/words/words.ts'
import type { Disagreement } from '../../../exam/record/routeResults.ts'
import { sentenceCase } from '../../ui/sentenceCase.ts'

/** Where routes disagree beyond their joint doubt, pair by pair, and which must never be compared. */
export function Disagreements({ found }: { readonly found: readonly Disagreement[] }) {
  const differ = Map.groupBy(
    found.filter(({ kind }) => kind === 'differ'),
    ({ routes }) => routes.join(' '),
  )
  const scales = new Set(
    found
      .filter(({ kind }) => kind === 'other mineral scale')
      .map(({ routes }) => phrase('viewer.routes.scalePair', namesOf(routes))),
  )
  if (differ.size === 0 && scales.size === 0) return null
  return (
    <ul className="doubts" data-testid="disagreements">
      {[...differ].map(([pair, levels]) => (
        <li key={pair} data-kind="differ">
          <span className="sign sign-doubt" aria-hidden="true">
            ▲
          </span>
          {pairInWords(levels)}
        </li>
      ))}
      {scales.size === 0 ? null : (
        <li data-kind="other mineral scale">
          <span className="sign muted" aria-hidden="true">
            ≠
          </span>
          <span className="muted">
            {phrase('viewer.routes.otherScales', { pairs: [...scales].join('; ') })}
          </span>
        </li>
      )}
    </ul>
  )
}

/** The more trusted route first. */
function namesOf(routes: Disagreement['routes']) {
  const [first, second] = [...routes]
    .sort((a, b) => DENSITY_ROUTES.indexOf(a) - DENSITY_ROUTES.indexOf(b))
    .map((route) => phrase(`report.route.name.${route}`))
  return { first, second }
}

/** One pair with all levels at which it differs, and the cut points that lie between. */
function pairInWords(levels: readonly Disagreement[]): string {
  const each = levels.map(({ level, differenceMgPerCm3, jointMgPerCm3, crossedCuts }) =>
    phrase(crossedCuts.length === 0 ? 'viewer.routes.levelDiffers' : 'viewer.routes.levelCrosses', {
      level,
      difference: Math.abs(differenceMgPerCm3 ?? 0).toFixed(1),
      joint: (jointMgPerCm3 ?? 0).toFixed(1),
      cuts: crossedCuts,
    }),
  )
  const [first] = levels
  return first === undefined
    ? ''
    : sentenceCase(phrase('viewer.routes.differ', { ...namesOf(first.routes), levels: each.join('; ') }))
}
