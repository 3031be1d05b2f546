import { useEffect } from 'react'
import { session } from '../state/session.ts'
import {
  goTo,
  look,
  nextDoubt,
  pick,
  stepLevel,
  toggleIdentity,
  toggleKeyList,
} from '../state/viewActions.ts'
import { TASKS } from '../state/viewerState.ts'
import { viewerStore } from '../state/viewerStore.ts'
import { windowOfKey } from '../viewport/windowPresets.ts'

/** Elements in which letters and Enter belong to what is typed or pressed there. */
const TYPING = 'input, textarea, select, [contenteditable], [role="listbox"], [role="combobox"]'
const PRESSING = 'button, a[href], [role="button"], [role="option"], [role="dialog"]'

/** Acts on the page's keys, wherever the focus is; a picture that has the focus takes its own first. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && actOn(event)) event.preventDefault()
    }
    // Text fields of the component kit keep keys to themselves; steps of the exam are reached from there as well.
    const isStep = (event: KeyboardEvent) => event.altKey && /^Digit\d$/.test(event.code)
    const onCapture = (event: KeyboardEvent) => {
      if (isStep(event)) onKey(event)
    }
    const onBubble = (event: KeyboardEvent) => {
      if (!isStep(event)) onKey(event)
    }
    document.addEventListener('keydown', onCapture, { capture: true })
    document.addEventListener('keydown', onBubble)
    return () => {
      document.removeEventListener('keydown', onCapture, { capture: true })
      document.removeEventListener('keydown', onBubble)
    }
  }, [])
}

/** Does what a key asks for; says whether it was one of the page's. */
function actOn(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  const target = event.target instanceof Element ? event.target : null
  const isTyping = target?.closest(TYPING) != null
  if ((ctrlKey || metaKey) && !altKey) {
    // In a text field the browser's own undo belongs to the letters.
    if (isTyping) return false
    if (key.toLowerCase() === 'z') shiftKey ? session.redo() : session.undo()
    else if (key.toLowerCase() === 'y') session.redo()
    else return false
    return true
  }
  if (altKey) {
    const task = TASKS[Number(event.code.replace('Digit', '')) - 1]
    if (task === undefined || (task !== 'open' && viewerStore.getState().volume === null)) return false
    goTo(task)
    return true
  }
  if (isTyping || viewerStore.getState().isKeyListOpen) return false
  return actOnPlain(key, target?.closest(PRESSING) != null)
}

function actOnPlain(key: string, isPressing: boolean): boolean {
  const window = windowOfKey(key)
  if (window !== undefined) {
    look({ window })
    return true
  }
  switch (key) {
    case 'Enter':
      return !isPressing && viewerStore.getState().picking === null && nextDoubt()
    case 'l':
      stepLevel(1)
      return true
    case 'L':
      stepLevel(-1)
      return true
    case 'h':
    case 'H':
      toggleIdentity()
      return true
    case '?':
      toggleKeyList()
      return true
    case 'Escape':
      return stop()
    default:
      return false
  }
}

/** Stops what is nearest to the hand: a pick, then a picture standing alone, then the running job. */
function stop(): boolean {
  const { picking, maximised, running } = viewerStore.getState()
  if (picking !== null) pick(null)
  else if (maximised !== null) look({ maximised: null })
  else if (running !== null) session.cancel()
  else return false
  return true
}
