import type { DemoExam } from '../../../api/demoExam.ts'
import type { ExamSession } from '../../state/examSession.ts'
import { ServerRefusal } from '../../state/serverClient.ts'
import { server } from '../../state/session.ts'
import { notify, viewerStore } from '../../state/viewerStore.ts'
import { failureOf } from '../../worker/outcome.ts'

/** How often the server is asked how far the demo exam is, ms. */
const ASK_AGAIN_MS = 400

/** Has the server make the demo exam if it is not there yet, and opens it as if it had been dropped. */
export async function openDemoExam(session: ExamSession): Promise<void> {
  if (viewerStore.getState().running !== null) return
  try {
    let demo: DemoExam = await server.demoExam(true)
    while (demo.state === 'making') {
      viewerStore.setState({ running: { step: { name: 'demo' }, fraction: demo.progress } })
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
      demo = await server.demoExam(false)
    }
    viewerStore.setState({ running: null })
    if (demo.state === 'ready') await session.open(demo.files.map(({ path, url }) => ({ path, url })))
    else if (demo.failure !== null) notify({ tone: 'refusal', text: demo.failure.message })
  } catch (thrown) {
    viewerStore.setState({ running: null })
    const failure = thrown instanceof ServerRefusal ? thrown.failure : failureOf(thrown)
    notify({ tone: 'refusal', text: failure.message })
  }
}
