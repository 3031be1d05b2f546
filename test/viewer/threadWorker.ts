import { Worker as NodeThread } from 'node:worker_threads'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'

/** Threads that tests started, the latest last; a test may kill one behind the client's back. */
export const threads: NodeThread[] = []

/**
 * An exam worker on a real thread of Node, with as much of a browser's `Worker` as the viewer's link uses. Node 24
 * frees the locks of a dead thread but wakes nobody who waits for them; that it ended is told by its own event here,
 * and the browser tests show that the lock tells it there.
 */
export function newThreadWorker(): Worker {
  const thread = new NodeThread(new URL('./examThread.ts', import.meta.url))
  threads.push(thread)
  const endpoint = nodeEndpoint(thread)
  return {
    postMessage: endpoint.postMessage.bind(endpoint),
    addEventListener: (type: string, listener: EventListener) => {
      if (type !== 'error') endpoint.addEventListener(type, listener)
      else for (const end of ['error', 'exit']) thread.on(end, listener)
    },
    removeEventListener: endpoint.removeEventListener.bind(endpoint),
    terminate: () => void thread.terminate(),
  } as unknown as Worker
}
