import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components'

/** A button of the house: plain by default, `strong` for the one next step, `quiet` inside dense rows. */
export function Button({
  tone = 'plain',
  children,
  ...rest
}: Omit<AriaProps, 'className' | 'children' | 'style'> & {
  readonly tone?: 'plain' | 'strong' | 'quiet'
  readonly children: ReactNode
}) {
  return (
    <AriaButton {...rest} className={`button button-${tone}`}>
      {children}
    </AriaButton>
  )
}
