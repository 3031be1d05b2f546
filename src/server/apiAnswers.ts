import { randomUUID, timingSafeEqual } from 'node:crypto'
import { createReadStream, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { QctError } from '../core/errors.ts'
import { SCHEMA_VERSION } from '../exam/record/examRecord.ts'
import { SOFTWARE } from '../exam/record/software.ts'
import {
  type CalibrationRow,
  listCalibrations,
  listQualityChecks,
  readCalibration,
} from '../registry/calibrations.ts'
import { refuseFullDisk } from '../registry/diskSpace.ts'
import type { Registry } from '../registry/openRegistry.ts'
import { countExams, listExams, listExamVersions, readExamVersion } from '../registry/readExams.ts'
import { saveExam } from '../registry/saveExam.ts'
import { withdrawCalibration } from '../registry/storeCalibration.ts'
import { writeBackup } from '../registry/writeBackup.ts'
import { calibrationSummary, keptCalibration } from './calibrationAnswers.ts'
import type { DemoExamKeeper } from './demoExam/demoExamKeeper.ts'
import { examSummary, examVersion, savedExam } from './examAnswers.ts'
import type { RouteAnswers } from './routeAnswers.ts'

/** Name and version of the program, as it stands beside what it writes. */
export const PROGRAM = `${SOFTWARE.name} ${SOFTWARE.version}`

/** What answers every route of the contract from a registry and the demo exam. */
export function apiAnswers(registry: Registry, demo: DemoExamKeeper): RouteAnswers {
  const { database, engine, engineMajor, folder, hold } = registry
  const checksOf = (rows: readonly CalibrationRow[]) =>
    listQualityChecks(
      database,
      rows.map(({ calibration_id }) => calibration_id),
    )
  return {
    serverStatus: async () => ({
      product: SOFTWARE.name,
      version: SOFTWARE.version,
      recordSchemaVersion: SCHEMA_VERSION,
      registry: { engine, engineMajor, exams: await countExams(database) },
    }),
    listExams: async ({ query }) => {
      const { exams, total } = await listExams(database, query)
      return { exams: exams.map(examSummary), total }
    },
    readExam: async ({ params }) => savedExam(await readExamVersion(database, params.examId)),
    saveExam: async ({ params, body }) => {
      if (engine === 'PGlite') refuseFullDisk(folder.path)
      return examSummary(await saveExam(database, { ...params, ...body }, new Date().toISOString()))
    },
    listExamVersions: async ({ params }) => ({
      versions: (await listExamVersions(database, params.examId)).map(examVersion),
    }),
    readExamVersion: async ({ params }) =>
      savedExam(await readExamVersion(database, params.examId, params.version)),
    readStoredRecord: async ({ params }, reply) => {
      const { record } = await readExamVersion(database, params.examId, params.version)
      return reply.type('application/json; charset=utf-8').send(Buffer.from(record))
    },
    listCalibrations: async ({ query }) => {
      const calibrations = await listCalibrations(database, query)
      const checks = await checksOf(calibrations)
      return { calibrations: calibrations.map((row) => calibrationSummary(row, checks)) }
    },
    readCalibration: async ({ params }) => {
      const row = await readCalibration(database, params.calibrationId)
      return keptCalibration(row, await checksOf([row]))
    },
    withdrawCalibration: async ({ params, body }) => {
      if (engine === 'PGlite') refuseFullDisk(folder.path)
      const now = new Date().toISOString()
      const row = await withdrawCalibration(database, params.calibrationId, body.reason, now)
      return calibrationSummary(row, await checksOf([row]))
    },
    demoExam: async () => demo.state(),
    makeDemoExam: async () => demo.make(),
    demoExamFile: async ({ params }, reply) => {
      const file = demo.fileOf(params['*'])
      return reply
        .type('application/dicom')
        .header('content-length', statSync(file).size)
        .send(createReadStream(file))
    },
    registryBackup: async ({ bearer }, reply) => {
      if (!isToken(bearer, hold.token)) throw new QctError('TOKEN_NEEDED', {})
      // Written whole first: a slow reader must not hold the moment of the backup open.
      const file = join(folder.path, `.partial-backup-${randomUUID()}`)
      await writeBackup(database, file, PROGRAM, new Date().toISOString())
      const bytes = statSync(file).size
      const stream = createReadStream(file)
      stream.once('open', () => unlinkSync(file)) // gone from the folder; the open file is read to its end
      return reply.type('application/gzip').header('content-length', bytes).send(stream)
    },
  }
}

/** Whether a token is the right one, in a time that does not tell how much of it is. */
function isToken(given: string | undefined, right: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
