import { newExamWorker } from '../worker/newExamWorker.ts'
import { DecisionKeeper } from './decisionKeeper.ts'
import { ExamSession } from './examSession.ts'
import { keptCalibrations } from './keptCalibrations.ts'
import { ServerClient } from './serverClient.ts'

/** The product's server, if the page came from it. */
export const server = new ServerClient()

/** Keeps decisions for later: on the server, or with leave in this browser. */
export const keeper = new DecisionKeeper(server)

/** The one exam session of the page. */
export const session = new ExamSession(
  newExamWorker,
  (record) => keeper.onRecord(record),
  (drop, choice) => keptCalibrations(server, drop, choice),
)
keeper.watch(session)
