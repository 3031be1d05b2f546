import type { ExamParameters } from './examParameterSchema.ts'
import { iodineHu, materialHu } from './materialHu.ts'

/**
 * The two components of marrow: fat as triglyceride and lean marrow with the composition of skeletal muscle. The
 * densities are choices of this generator, near those of triolein and of muscle.
 */
const FAT_G_PER_CM3 = 0.92
const LEAN_G_PER_CM3 = 1.05

/**
 * CT number of the marrow between the trabeculae on an undrifted scanner: fat and lean marrow by their volumes, and
 * what contrast medium adds. Marrow of an exam that states no marrow fat is water.
 */
export function marrowHu({ tissue, scanner: { kvp } }: ExamParameters): number {
  if (tissue === undefined) return 0
  const { marrowFatFraction: fat, contrast } = tissue
  const added = iodineHu(contrast.enhancementHu.marrow, kvp)
  if (fat === null) return added
  return (
    fat * materialHu('triglyceride', FAT_G_PER_CM3, kvp) +
    (1 - fat) * materialHu('muscle', LEAN_G_PER_CM3, kvp) +
    added
  )
}
