import { phrase } from '../../core/words/words.ts'

/**
 * Stands in the viewer's place where the browser gives no shared memory, and says why and what to do.
 * Measuring needs one volume that page and worker both see; a second copy would double the memory.
 */
export function IsolationMissing() {
  const isInsecure = !globalThis.isSecureContext
  return (
    <main className="page-notice">
      <h1>{phrase('viewer.isolation.title')}</h1>
      <p>{phrase('viewer.isolation.why')}</p>
      <p>{phrase(isInsecure ? 'viewer.isolation.insecure' : 'viewer.isolation.headers')}</p>
      <p className="muted">{phrase('viewer.researchUse')}</p>
    </main>
  )
}
