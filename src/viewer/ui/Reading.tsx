import { printedValue } from '../../core/report/printedValue.ts'
import { SPINE_CATEGORY_CUTS } from '../../core/spine/spineCategory.ts'
import { phrase } from '../../core/words/words.ts'

/** A measured value as it is read: the value strong, doubt and unit muted, decimals as the report prints them. */
export function Reading({
  value,
  uncertainty,
  unit,
  reason,
  isLarge = false,
  isDoubtComing = false,
}: {
  readonly value: number | null
  readonly uncertainty?: number | null
  readonly unit: string
  /** Why there is no value; said on focus where it is missing. */
  readonly reason?: string | undefined
  readonly isLarge?: boolean
  /** The doubt is being worked out: its place is kept. */
  readonly isDoubtComing?: boolean
}) {
  if (value === null) return <Missing reason={reason ?? phrase('viewer.value.notMeasured')} />
  const cuts = unit === 'mg/cm³' ? SPINE_CATEGORY_CUTS : []
  const [number = '', doubt] = printedValue(value, uncertainty ?? null, cuts).split(' ± ')
  return (
    <span className={isLarge ? 'reading reading-large' : 'reading'}>
      <strong>{number}</strong>
      <span className="muted">
        {doubt === undefined ? (isDoubtComing ? ' ± …' : '') : ` ± ${doubt}`} {unit}
      </span>
    </span>
  )
}

/** The sign of a missing value; why it is missing is there for pointer, focus and screen reader, never a zero. */
export function Missing({ reason }: { readonly reason: string }) {
  const words = phrase('viewer.value.missing', { reason })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason has to be reachable by keyboard
    <span className="missing" role="img" aria-label={words} title={words} tabIndex={0}>
      —
    </span>
  )
}
