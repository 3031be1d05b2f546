import { Checkbox } from 'react-aria-components'

/** A labelled tick box. */
export function Tick({
  label,
  isOn,
  isDisabled = false,
  onChange,
}: {
  readonly label: string
  readonly isOn: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  return (
    <Checkbox className="tick" isSelected={isOn} isDisabled={isDisabled} onChange={onChange}>
      <span className="tick-box" aria-hidden="true" />
      {label}
    </Checkbox>
  )
}
