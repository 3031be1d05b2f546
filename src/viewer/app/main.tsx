import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import { App } from './App.tsx'
import { IsolationMissing } from './IsolationMissing.tsx'

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>{globalThis.crossOriginIsolated ? <App /> : <IsolationMissing />}</StrictMode>,
  )
