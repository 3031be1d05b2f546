import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
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
// Nobody waits yet: the graphics get ready before a scan is dropped, so that its first picture does not wait for them.
if (globalThis.crossOriginIsolated) requestIdleCallback(() => void warmGraphics())
