import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { phrase } from '../../core/words/words.ts'
import { notify } from '../state/viewerStore.ts'
import { warmGraphics } from '../viewport/warmGraphics.ts'
import '../ui/theme.css'
import '../ui/controls.css'
import { App } from './App.tsx'
import { IsolationMissing } from './IsolationMissing.tsx'

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>{globalThis.crossOriginIsolated ? <App /> : <IsolationMissing />}</StrictMode>,
  )
// A part of the page that is not there any more: the server was given a newer build meanwhile.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault()
  notify({
    tone: 'doubt',
    text: phrase('viewer.renewed.text'),
    action: { label: phrase('viewer.renewed.reload'), run: () => location.reload() },
  })
})
// Nobody waits yet: the graphics get ready before a scan is dropped, so that its first picture does not wait for them.
if (globalThis.crossOriginIsolated)
  requestIdleCallback(() => {
    void import('../viewport/index.ts')
    void warmGraphics()
  })
