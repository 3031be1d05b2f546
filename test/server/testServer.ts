import type { ExamParameters } from '../../src/demo/examParameters.ts'
import { type RunningServer, startServer } from '../../src/server/startServer.ts'
import { smallExam } from '../demo/smallExam.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'

/** A demo exam of a second's work instead of ten. */
export const QUICK_DEMO: ExamParameters = smallExam({
  columns: 64,
  rows: 64,
  pixelSpacingMm: 6,
  sliceCount: 4,
})

/** A running server of a test, where its data lie, and what its log was told. */
export interface TestServer extends RunningServer {
  readonly dataFolder: string
  readonly viewer: string
  readonly logged: string[]
}

/** Starts the real server on a free port with a registry of its own; without `viewer`, none is built. */
export async function testServer({ viewer = newFolder() } = {}): Promise<TestServer> {
  const dataFolder = await emptyDataFolder()
  const logged: string[] = []
  const log = { request: (line: string) => logged.push(line), fault: (line: string) => logged.push(line) }
  const options = { dataFolder, program: TEST_PROGRAM, port: 0, viewer, demo: QUICK_DEMO }
  const server = await startServer({ ...options, log })
  return { ...server, dataFolder, viewer, logged }
}
