import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { reportFonts } from '../../src/cli/reportFonts.ts'
import { ExamDesk } from '../../src/viewer/worker/examDesk.ts'

// The exam worker on a thread of Node: the same desk, another kind of thread.
if (parentPort !== null) expose(new ExamDesk(async () => reportFonts()), nodeEndpoint(parentPort))
