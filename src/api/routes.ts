import { z } from 'zod'
import { apiErrorSchema } from './apiError.ts'
import {
  calibrationListQuerySchema,
  calibrationPathSchema,
  calibrationSummarySchema,
  keptCalibrationSchema,
  withdrawalReasonSchema,
} from './calibrations.ts'
import { demoExamSchema } from './demoExam.ts'
import {
  examListQuerySchema,
  examListSchema,
  examPathSchema,
  examSummarySchema,
  examVersionPathSchema,
  examVersionSchema,
  savedExamSchema,
  saveExamSchema,
} from './exams.ts'
import { serverStatusSchema } from './serverStatus.ts'

/** Where every route of this contract begins. A contract that breaks its clients gets another number. */
export const API_ROOT = '/api/v1'

const refused = apiErrorSchema
const bytes = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: z.unknown() } },
})

/**
 * Every route that server and viewer share: method, path, and the schema of all that passes through it.
 * `:name` in a path is a field of `params`. Any other answer than those named has the schema `apiErrorSchema`.
 */
export const ROUTES = {
  serverStatus: {
    method: 'GET',
    path: `${API_ROOT}/status`,
    summary: 'What this server is',
    response: { 200: serverStatusSchema },
  },
  listExams: {
    method: 'GET',
    path: `${API_ROOT}/exams`,
    summary: 'The exams of the registry, newest save first',
    query: examListQuerySchema,
    response: { 200: examListSchema, 400: refused },
  },
  readExam: {
    method: 'GET',
    path: `${API_ROOT}/exams/:examId`,
    summary: 'The newest version of an exam',
    params: examPathSchema,
    response: { 200: savedExamSchema, 400: refused, 404: refused },
  },
  saveExam: {
    method: 'PUT',
    path: `${API_ROOT}/exams/:examId`,
    summary: 'Save a new version of an exam',
    description:
      'Answered only when the version is on disk. 409 EXAM_VERSION_CONFLICT: another version was saved meanwhile ' +
      '(details.currentVersion). Repeating a save whose answer was lost is answered with the version it made.',
    params: examPathSchema,
    body: saveExamSchema,
    response: { 200: examSummarySchema, 400: refused, 409: refused, 413: refused, 507: refused },
  },
  listExamVersions: {
    method: 'GET',
    path: `${API_ROOT}/exams/:examId/versions`,
    summary: 'Every version of an exam, newest first',
    params: examPathSchema,
    response: { 200: z.object({ versions: z.array(examVersionSchema) }), 400: refused, 404: refused },
  },
  readExamVersion: {
    method: 'GET',
    path: `${API_ROOT}/exams/:examId/versions/:version`,
    summary: 'One version of an exam',
    params: examVersionPathSchema,
    response: { 200: savedExamSchema, 400: refused, 404: refused },
  },
  readStoredRecord: {
    method: 'GET',
    path: `${API_ROOT}/exams/:examId/versions/:version/record.json`,
    summary: 'One version as it was saved: the canonical JSON its SHA-256 covers, unmigrated',
    params: examVersionPathSchema,
    response: {
      200: bytes('The canonical JSON of the record.', 'application/json'),
      400: refused,
      404: refused,
    },
  },
  listCalibrations: {
    method: 'GET',
    path: `${API_ROOT}/calibrations`,
    summary: 'The stored phantom calibrations, newest phantom scan first',
    query: calibrationListQuerySchema,
    response: { 200: z.object({ calibrations: z.array(calibrationSummarySchema) }), 400: refused },
  },
  readCalibration: {
    method: 'GET',
    path: `${API_ROOT}/calibrations/:calibrationId`,
    summary: 'One stored calibration, withdrawn or not, with its quality checks',
    params: calibrationPathSchema,
    response: { 200: keptCalibrationSchema, 400: refused, 404: refused },
  },
  withdrawCalibration: {
    method: 'POST',
    path: `${API_ROOT}/calibrations/:calibrationId/withdrawal`,
    summary: 'Take a stored calibration out of use',
    description:
      'It stays in the registry, with its checks. 409 CALIBRATION_WITHDRAWN: it was withdrawn for another reason before.',
    params: calibrationPathSchema,
    body: z.object({ reason: withdrawalReasonSchema }),
    response: { 200: calibrationSummarySchema, 400: refused, 404: refused, 409: refused },
  },
  demoExam: {
    method: 'GET',
    path: `${API_ROOT}/demo-exam`,
    summary: 'The demo exam: how far it is, and its files',
    response: { 200: demoExamSchema },
  },
  makeDemoExam: {
    method: 'POST',
    path: `${API_ROOT}/demo-exam`,
    summary: 'Have the demo exam made, unless it is there or being made',
    response: { 200: demoExamSchema },
  },
  demoExamFile: {
    method: 'GET',
    path: `${API_ROOT}/demo-exam/files/*`,
    summary: 'One file of the demo exam, by its path',
    params: z.object({ '*': z.string() }),
    response: { 200: bytes('The file.', 'application/octet-stream'), 404: refused },
  },
  registryBackup: {
    method: 'GET',
    path: `${API_ROOT}/registry/backup`,
    summary: 'A logical backup of the registry; needs the token of the owner file as bearer',
    response: { 200: bytes('Gzipped lines of JSON.', 'application/gzip'), 401: refused },
  },
} as const

/** The name of one route of the contract. */
export type RouteName = keyof typeof ROUTES
