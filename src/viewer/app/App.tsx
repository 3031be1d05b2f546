import { phrase } from '../../core/words/words.ts'

/** The whole viewer: one screen with four places. */
export function App() {
  return <footer className="research-use">{phrase('viewer.researchUse')}</footer>
}
