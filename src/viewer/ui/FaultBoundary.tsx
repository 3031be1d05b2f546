import { Component, type ReactNode } from 'react'
import { phrase } from '../../core/words/words.ts'
import { Button } from './Button.tsx'

interface Props {
  readonly children: ReactNode
}

/** Keeps a fault of one panel in that panel; the others go on, and what was decided is in the store. */
export class FaultBoundary extends Component<Props, { readonly fault: string | null }> {
  override state = { fault: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { fault: thrown instanceof Error ? thrown.name : typeof thrown }
  }

  override render() {
    const { fault } = this.state
    if (fault === null) return this.props.children
    return (
      <section className="panel-fault" role="alert">
        <h2>{phrase('viewer.fault.title')}</h2>
        <p>{phrase('viewer.fault.text', { problem: fault })}</p>
        <Button onPress={() => this.setState({ fault: null })}>{phrase('viewer.fault.again')}</Button>
      </section>
    )
  }
}
