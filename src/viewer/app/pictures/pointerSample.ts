import { useSyncExternalStore } from 'react'
import type { PointerSample } from '../../viewport/viewportProps.ts'

let sample: PointerSample | null = null
const listeners = new Set<() => void>()

/**
 * What is under the pointer. It changes with every movement and belongs to nobody's state: kept apart, so that only
 * the status line draws anew.
 */
export function showPointerSample(next: PointerSample | null): void {
  sample = next
  for (const listener of listeners) listener()
}

/** What is under the pointer, for the component that shows it. */
export const usePointerSample = (): PointerSample | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sample,
  )
