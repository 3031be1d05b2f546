import { QctError, type QctWarning } from '../../core/errors.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { phrase } from '../../core/words/words.ts'
import { findLumbarLevels, type LumbarLevels } from '../../segmentation/vertebra/findLumbarLevels.ts'
import type { SpineEntry } from '../record/roiFile.ts'
import { type ExamMemo, NO_MEMO } from './examMemo.ts'
import { type ExamRequest, requestedLevels } from './examRequest.ts'

/** Where a level lies, and who says so. */
export interface KnownSeed {
  readonly entry: SpineEntry
  readonly source: 'roi file' | 'automatic' | 'edited'
}

/** Where one asked-for level is to be measured, or why it is not; an excluded level keeps what a person gave for it. */
export type LevelSeed =
  | ({ readonly level: VertebralLevel } & KnownSeed)
  | { readonly level: VertebralLevel; readonly error: QctError; readonly kept?: KnownSeed }

/** The seeds of the asked-for levels, and the doubts of finding them. */
export interface LevelSeeds {
  readonly levels: readonly LevelSeed[]
  readonly warnings: readonly QctWarning[]
}

/**
 * The seed of every asked-for level: as a reader edited it, else from the ROI file where that has any, else found in
 * the volume. A level that a reader excludes has none.
 *
 * A ROI file that names some levels is the caller's naming of the spine: others are not guessed beside it.
 *
 * @param onProgress - Told the share done, from 0 to 1, while levels are sought. What it throws ends the search, and
 *   the memo keeps nothing of it.
 * @throws {QctError} `SPINE_NOT_FOUND`, `LEVELS_NOT_NAMED` when seeds had to be found and were not.
 */
export function levelSeeds(
  volume: CtVolume,
  request: ExamRequest,
  memo: ExamMemo = NO_MEMO,
  onProgress: (done: number) => void = () => undefined,
): LevelSeeds {
  const find = () => memo('lumbar levels', () => findLumbarLevels(volume, { onProgress }))
  const decided = new Map(
    requestedLevels(request).map((level) => [level, excluded(level, request) ?? edited(level, request)]),
  )
  const open = [...decided].flatMap(([level, seed]) => (seed === null ? [level] : []))
  const seeds = open.length === 0 ? NO_SEEDS : openSeeds(open, request, find)
  return {
    levels: [...decided].map(
      ([level, seed]) => seed ?? seeds.levels.find((candidate) => candidate.level === level)!,
    ),
    warnings: seeds.warnings,
  }
}

const NO_SEEDS: LevelSeeds = { levels: [], warnings: [] }

function excluded(level: VertebralLevel, request: ExamRequest): LevelSeed | null {
  const exclusion = request.exclusions.find((candidate) => candidate.level === level)
  if (exclusion === undefined) return null
  const reason = phrase(`report.exclusion.${exclusion.reason}`)
  const words = exclusion.note === null ? reason : `${reason} (${exclusion.note})`
  const kept = edited(level, request) ?? given(level, request)
  return {
    level,
    error: new QctError('LEVEL_EXCLUDED', { level, reason: words }),
    ...(kept === null ? {} : { kept }),
  }
}

type GivenSeed = { readonly level: VertebralLevel } & KnownSeed

function edited(level: VertebralLevel, { edits }: ExamRequest): GivenSeed | null {
  const entry = edits.find((candidate) => candidate.level === level)
  return entry === undefined ? null : { level, entry, source: 'edited' }
}

function given(level: VertebralLevel, { roiFile }: ExamRequest): GivenSeed | null {
  const entry = roiFile?.spine.find((candidate) => candidate.level === level)
  return entry === undefined ? null : { level, entry, source: 'roi file' }
}

function openSeeds(
  asked: readonly VertebralLevel[],
  request: ExamRequest,
  find: () => LumbarLevels,
): LevelSeeds {
  const named = request.roiFile?.spine.map(({ level }) => level) ?? []
  if (named.length === 0) return foundSeeds(asked, find())
  const levels = asked.map(
    (level): LevelSeed =>
      given(level, request) ?? { level, error: new QctError('LEVEL_WITHOUT_SEED', { level, given: named }) },
  )
  return { levels, warnings: [] }
}

/** Every asked-for level among those found; a level that was not found is told with those that were. */
function foundSeeds(asked: readonly VertebralLevel[], { levels, warnings }: LumbarLevels): LevelSeeds {
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
