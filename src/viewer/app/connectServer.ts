import { DEMO_QUERY } from '../../api/demoExam.ts'
import { mayKeep } from '../state/keptDecisions.ts'
import { server } from '../state/session.ts'
import { viewerStore } from '../state/viewerStore.ts'

/**
 * Asks whether the page came from the product's server.
 * @returns Whether the page's address asks for the demo exam and there is a server to bring it.
 */
export async function connectServer(): Promise<boolean> {
  const status = await server.status()
  viewerStore.setState({ server: status?.version ?? null, isKeptHere: mayKeep() })
  return status !== null && new URLSearchParams(location.search).has(DEMO_QUERY)
}
