import type { CentralEllipse, PlateCells } from './endplateColumns.ts'
import { modelTable } from './modelTable.ts'
import { PLATE_PARAMETER as P, PLATE_PARAMETERS, type PlateModel } from './plateModel.ts'

/** Patches for the residual: as many along each axis of the ellipse. */
const PATCHES = 5

/** Robust SD, in mm, of the heights of an endplate's patches about its fitted plane, with the fitted dome. */
export function plateResidual(
  { count, u, v, value, voxels }: PlateCells,
  { halfWidth, halfDepth }: CentralEllipse,
  p: Float64Array,
  model: PlateModel,
): number {
  const table = modelTable(count, PLATE_PARAMETERS)
  model(p, table)
  const top = new Float64Array(PATCHES * PATCHES)
  const bottom = new Float64Array(PATCHES * PATCHES)
  for (let point = 0; point < count; point++) {
    const off = value[point]! - table.values[point]!
    const slope = table.gradients[point * PLATE_PARAMETERS + P.offset]!
    const column = Math.min(PATCHES - 1, Math.floor(((u[point]! / halfWidth + 1) / 2) * PATCHES))
    const row = Math.min(PATCHES - 1, Math.floor(((v[point]! / halfDepth + 1) / 2) * PATCHES))
    const patch = column + PATCHES * row
    top[patch]! += voxels[point]! * off * slope
    bottom[patch]! += voxels[point]! * slope * slope
  }
  const dome = (p[P.domeU]! + p[P.domeV]!) / 4
  const strongest = Math.max(...bottom)
  const deviations: number[] = []
  for (let patch = 0; patch < top.length; patch++) {
    if (bottom[patch]! < strongest / 20) continue
    const x = ((patch % PATCHES) + 0.5) * (2 / PATCHES) - 1
    const y = (Math.floor(patch / PATCHES) + 0.5) * (2 / PATCHES) - 1
    const bulge = p[P.domeU]! * x * x + p[P.domeV]! * y * y - dome
    deviations.push(Math.abs(top[patch]! / bottom[patch]! + bulge))
  }
  deviations.sort((a, b) => a - b)
  // Median absolute deviation of a normal distribution is 0.6745 SD.
  return deviations.length === 0 ? 0 : deviations[deviations.length >> 1]! / 0.6745
}
