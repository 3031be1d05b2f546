import type { ExamParameters } from './examParameterSchema.ts'

/** The same exam at the second tube voltage of its dual-energy pair; undefined where it has none. */
export function secondExposure(parameters: ExamParameters): ExamParameters | undefined {
  const { dualEnergy, scanner } = parameters
  return dualEnergy === undefined
    ? undefined
    : { ...parameters, scanner: { ...scanner, kvp: dualEnergy.kvp } }
}
