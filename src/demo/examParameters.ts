export { defaultExamParameters, ExamParameters } from './examParameterSchema.ts'
export { parseExamParameters } from './parseExamParameters.ts'
export { randomExamParameters } from './randomExamParameters.ts'
export { randomPatientParameters } from './randomPatientParameters.ts'
