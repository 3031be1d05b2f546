import { QctError, type QctWarning } from '../../core/errors.ts'
import type { LpsPoint } from '../../core/geometry/lps.ts'
import { distance } from '../../core/geometry/vector.ts'
import { mm, type VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { coarseCopy } from '../../core/volume/downsample.ts'
import { findCanalPath } from './canalPath.ts'
import { nameLevels } from './nameLevels.ts'
import { namingEvidence } from './namingEvidence.ts'
import { findVertebraChain } from './vertebraChain.ts'

/** One vertebral body with its name and a point in its middle. */
export interface LevelSeedPoint {
  readonly level: VertebralLevel
  readonly seed: LpsPoint
}

/** The named levels of a scan, cranial first. */
export interface LumbarLevels {
  readonly levels: readonly LevelSeedPoint[]
  readonly warnings: readonly QctWarning[]
}

/** What may be asked of the finder. */
export interface LevelSearch {
  /** Told the share done, from 0 to 1, never less than before. What it throws ends the search. */
  readonly onProgress?: (share: number) => void
}

/** Voxels of the copy on which canal, wings and ribs are sought. */
const COARSE = mm(3)
/** Shares of the work that are done when the coarse copy is made, when the canal and when all bodies are found; naming is the rest. */
const DONE = { copy: 0.04, canal: 0.1, bodies: 0.96 }
/** Fewer bodies in a row are no column. */
const LEAST_BODIES = 2

/**
 * Finds T12 to L5 without a seed: the canal through the scan, the bodies in front of it one after another, and their
 * names from the sacrum and the last ribs.
 *
 * Names are given from evidence only. Where it is lacking or contradicts itself the caller is asked for seeds.
 *
 * @throws {QctError} `SPINE_NOT_FOUND` without a canal and bodies before it; `LEVELS_NOT_NAMED` when bodies were found
 *   but their names are open.
 */
export function findLumbarLevels(volume: CtVolume, search: LevelSearch = {}): LumbarLevels {
  const coarse = coarseCopy(volume, COARSE)
  search.onProgress?.(DONE.copy)
  const path = findCanalPath(coarse)
  if (path.length === 0) throw new QctError('SPINE_NOT_FOUND', {})
  const chain = findVertebraChain(volume, path, (share) =>
    search.onProgress?.(DONE.canal + (DONE.bodies - DONE.canal) * share),
  )
  if (chain === null || chain.bodies.length < LEAST_BODIES) throw new QctError('SPINE_NOT_FOUND', {})

  const { bodies } = chain
  const evidence = bodies.map(({ body, quality }, index) => {
    search.onProgress?.(DONE.bodies + ((1 - DONE.bodies) * index) / bodies.length)
    const below = bodies[index - 1] ?? null
    const step = below === null ? quality.height + 10 : distance(below.body.center, body.center)
    return namingEvidence(coarse, body, step)
  })
  search.onProgress?.(1)
  const named = nameLevels(evidence)
  if ('doubt' in named) {
    throw new QctError('LEVELS_NOT_NAMED', { bodies: bodies.length, reason: named.doubt })
  }
  const levels = bodies.flatMap(({ body }, index): LevelSeedPoint[] => {
    const level = named.names[index] ?? null
    return level === null ? [] : [{ level, seed: body.center }]
  })
  return { levels: levels.reverse(), warnings: named.warnings }
}
