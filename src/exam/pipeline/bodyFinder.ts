import { QctError } from '../../core/errors.ts'
import { type LpsPoint, lpsPoint } from '../../core/geometry/lps.ts'
import type { VertebralBody } from '../../core/spine/vertebralBody.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { FoundBody } from '../../segmentation/vertebra/bodyQuality.ts'
import { findVertebralBody } from '../../segmentation/vertebra/findVertebralBody.ts'
import { type ExamMemo, examMemo, NO_MEMO } from './examMemo.ts'
import type { LevelSeed } from './levelSeeds.ts'

/** Finds the body about a seed. @throws {QctError} The codes of `findVertebralBody`. */
export type BodyFinder = (seed: LpsPoint) => FoundBody

/** A finder that looks for the body of each seed once: several steps of an analysis ask for the same ones. */
export function bodyFinder(volume: CtVolume, memo: ExamMemo): BodyFinder {
  const kept = memo === NO_MEMO ? examMemo() : memo
  return (seed) => kept(['body', seed], () => findVertebralBody(volume, seed))
}

/**
 * The bodies that the seeds of the asked-for levels lie in; the middle of a given VOI is a seed too. A body that is not
 * found is left out here: measuring its level says why.
 */
export const bodiesOfSeeds = (seeds: readonly LevelSeed[], findBody: BodyFinder): VertebralBody[] =>
  seeds.flatMap((seed) => {
    const entry = 'entry' in seed ? seed.entry : seed.kept?.entry
    if (entry === undefined) return []
    try {
      return [findBody(lpsPoint(...entry.centerLps)).body]
    } catch (error) {
      if (error instanceof QctError) return []
      throw error
    }
  })
