import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'

/** One of a few named values. */
export interface ChoiceOption<K extends string> {
  readonly key: K
  readonly words: string
}

/** A labelled list to choose one value from. */
export function Choice<K extends string>({
  label,
  value,
  options,
  isDisabled = false,
  onChange,
}: {
  readonly label: string
  readonly value: K
  readonly options: readonly ChoiceOption<K>[]
  readonly isDisabled?: boolean
  readonly onChange: (value: K) => void
}) {
  return (
    <Select
      className="field"
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        const option = options.find((known) => known.key === key)
        if (option !== undefined && option.key !== value) onChange(option.key)
      }}
    >
      <Label>{label}</Label>
      <Button className="button button-plain choice">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {options.map(({ key, words }) => (
            <ListBoxItem key={key} id={key} className="option">
              {words}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
