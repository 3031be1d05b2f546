import { QctError, type QctWarning } from '../../core/errors.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { findLumbarLevels } from '../../segmentation/vertebra/findLumbarLevels.ts'
import type { SpineEntry } from '../record/roiFile.ts'
import { type ExamRequest, requestedLevels } from './examRequest.ts'

/** Where one asked-for level is to be measured, or why nobody knows. */
export type LevelSeed =
  | { readonly level: VertebralLevel; readonly entry: SpineEntry; readonly source: 'roi file' | 'automatic' }
  | { readonly level: VertebralLevel; readonly error: QctError }

/** The seeds of the asked-for levels, and the doubts of finding them. */
export interface LevelSeeds {
  readonly levels: readonly LevelSeed[]
  readonly warnings: readonly QctWarning[]
}

/**
 * The seed of every asked-for level: from the ROI file where it has any, else found in the volume.
 *
 * A ROI file that names some levels is the caller's naming of the spine: others are not guessed beside it.
 *
 * @throws {QctError} `SPINE_NOT_FOUND`, `LEVELS_NOT_NAMED` when seeds had to be found and were not.
 */
export function levelSeeds(volume: CtVolume, request: ExamRequest): LevelSeeds {
  const asked = requestedLevels(request)
  const given = request.roiFile?.spine ?? []
  if (given.length === 0) return foundSeeds(volume, asked)
  const levels = asked.map((level): LevelSeed => {
    const entry = given.find((candidate) => candidate.level === level)
    return entry === undefined
      ? {
          level,
          error: new QctError('LEVEL_WITHOUT_SEED', { level, given: given.map((known) => known.level) }),
        }
      : { level, entry, source: 'roi file' }
  })
  return { levels, warnings: [] }
}

/** Every asked-for level among those found; a level that was not found is told with those that were. */
function foundSeeds(volume: CtVolume, asked: readonly VertebralLevel[]): LevelSeeds {
  const { levels, warnings } = findLumbarLevels(volume)
  const found = levels.map(({ level }) => level)
  return {
    levels: asked.map((level): LevelSeed => {
      const seed = levels.find((candidate) => candidate.level === level)?.seed
      return seed === undefined
        ? { level, error: new QctError('LEVEL_NOT_FOUND', { level, found }) }
        : { level, entry: { level, centerLps: [seed[0], seed[1], seed[2]] }, source: 'automatic' }
    }),
    warnings,
  }
}
