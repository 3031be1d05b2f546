import { useDeferredValue } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { INITIAL_STATE, type Notice, type ViewerState } from './viewerState.ts'

/** The one store of the viewer. Components read it by `useViewer`; `ExamSession` and the view actions write it. */
export const viewerStore = createStore<ViewerState>(() => INITIAL_STATE)

/** A part of the viewer's state; the component draws anew when that part changes. */
export function useViewer<T>(select: (state: ViewerState) => T): T {
  return useStore(viewerStore, select)
}

/**
 * The same for parts of the page that take long to draw: they are drawn between other things, a few milliseconds at a
 * time, and may be a moment behind. Never for what a hand is moving.
 */
export function useViewerCalmly<T>(select: (state: ViewerState) => T): T {
  return useDeferredValue(useStore(viewerStore, select))
}

/** Notices kept on screen. */
const MOST_NOTICES = 4
/** A plain notice without a button has been read by then, ms; doubts and refusals stay until they are dismissed. */
const PLAIN_MS = 6000
let notices = 0

/**
 * Says something to the user; the same words are not said twice at once.
 * @returns By what `dismiss` takes it away.
 */
export function notify(notice: Omit<Notice, 'id'>): number {
  notices += 1
  const id = notices
  viewerStore.setState(({ notices: shown }) => ({
    notices: [...shown.filter(({ text }) => text !== notice.text), { ...notice, id }].slice(-MOST_NOTICES),
  }))
  if (notice.tone === 'plain' && notice.action === undefined) setTimeout(() => dismiss(id), PLAIN_MS)
  return id
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  viewerStore.setState(({ notices: shown }) => ({ notices: shown.filter((notice) => notice.id !== id) }))
}
