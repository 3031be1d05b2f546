import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import { CALIBRATION_GATES } from './calibrationGates.ts'
import type { Slant, Stretch } from './finder/alongImage.ts'
import {
  byMerit,
  isSameReading,
  type MatchedRod,
  type PhantomMatch,
  phantomMatches,
} from './finder/phantomMatch.ts'
import { rodDiscs } from './finder/rodDiscs.ts'
import { type RodLine, rodLines } from './finder/rodLines.ts'
import { type SliceFrame, sliceFrame } from './finder/sliceFrame.ts'
import { type Station, stationImages } from './finder/stationImages.ts'
import { traceRods } from './finder/traceRods.ts'
import { type FoundPhantom, type FoundRod, rodInWorld } from './foundPhantom.ts'
import { PHANTOM_LIBRARY } from './phantomLibrary.ts'
import type { PhantomModel } from './phantomModel.ts'

export type { FoundPhantom, FoundRod } from './foundPhantom.ts'

/** What may be asked of the finder. */
export interface RodSearch {
  /** The phantoms that may lie in the scan: the whole library, or the one the user names. */
  readonly phantoms?: readonly PhantomModel[]
  /** Told the share done, from 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** Directions (mm per mm) nearer than this are one. */
const SAME_DIRECTION = 0.008
/** So many directions are looked along, the best supported first. */
const MOST_DIRECTIONS = 8
/** Rods seen over a shorter length than this are no phantom under a patient, mm. */
const MIN_LENGTH = 25
/** The winner's residual must be this much smaller than that of another phantom with as many rods. */
const CLEARLY = { factor: 2, mgPerCm3: 1 } as const

/** A rod that differs from its holder by more than this, HU, should have been seen. */
const SLIGHT = 5

/** A line seen on so many stations is a long cylinder, which may leave the field on its way. */
const LONG = 10

/** A direction in which cylinders run, and stretches over which to look along it. */
interface Direction extends Slant {
  readonly stretches: readonly Stretch[]
}

/**
 * Directions in which cylinders run. Each is looked along over the stretch in which its cylinder was seen, and, where
 * that is long and shows nothing, over its middle half: at the ends a neighbouring rod may cross the edge of the field.
 */
function directionsOf(lines: readonly RodLine[]): readonly Direction[] {
  const directions: Direction[] = []
  for (const { tx, ty, from, to, support } of lines) {
    if (directions.length === MOST_DIRECTIONS) break
    if (directions.every((known) => Math.hypot(known.tx - tx, known.ty - ty) > SAME_DIRECTION)) {
      const quarter = (to - from) / 4
      const middle = support < LONG ? [] : [{ from: from + quarter, to: to - quarter }]
      directions.push({ tx, ty, stretches: [{ from, to }, ...middle] })
    }
  }
  return directions
}

/**
 * The best match, unless another phantom or another reading of the same discs explains the scan about as well.
 *
 * A row of equal steps can be read twice when one rod is as bright as the holder: it lies within the holder, or the row
 * goes on beyond the field. The first is preferred where density 0 then also reads nearer to water.
 */
function winnerOf(matches: readonly PhantomMatch[]): PhantomMatch {
  const [best, ...others] = matches.toSorted(byMerit)
  if (best === undefined) throw new QctError('RODS_NOT_FOUND', {})
  const isRival = (other: PhantomMatch) =>
    other.phantom.id === best.phantom.id
      ? best.seen >= 3 && // of two rods a barely visible one is warned of, wherever it is taken to lie
        !isSameReading(best, other) &&
        (other.outside === best.outside || Math.abs(other.offset) < Math.abs(best.offset))
      : true
  const rival = others.find(
    (other) =>
      other.seen === best.seen &&
      other.residual < CLEARLY.factor * best.residual + CLEARLY.mgPerCm3 &&
      isRival(other),
  )
  if (rival !== undefined) {
    throw new QctError('RODS_AMBIGUOUS', { candidates: [best.phantom.id, rival.phantom.id] })
  }
  return best
}

/**
 * Whether a rod's place is a guess that matters. In a row of three seen rods the next has its place; where a rod
 * reads like its holder, a wrong place reads the same; of two rods a barely visible one could lie anywhere
 * unless its contrast and the holder's symmetry agree.
 */
function isDoubtful(rod: MatchedRod, match: PhantomMatch): boolean {
  if (match.phantom.rods.length === 2) return rod.sight === 'faint' && !rod.isCertain
  return rod.sight === 'inferred' && match.seen < 3 && Math.abs(rod.contrast) > SLIGHT
}

function foundPhantom(match: PhantomMatch, frame: SliceFrame, stations: readonly Station[]): FoundPhantom {
  const { view, radius } = match
  const traces = traceRods(
    match.rods.map(({ x, y, sight }) => ({ x, y, s: view.s0, isSeen: sight === 'seen' })),
    stations,
    radius,
    view.slant,
  )
  const rods: FoundRod[] = []
  const warnings: QctWarning[] = []
  for (const [at, { rod, sight }] of match.rods.entries()) {
    const { stretch } = traces[at]!
    if (sight === 'outside' || stretch.to - stretch.from < MIN_LENGTH) {
      warnings.push(qctWarning('ROD_EXCLUDED', { label: rod.label, reason: 'outside the scanned volume' }))
    } else rods.push(rodInWorld(frame, rod, traces[at]!, radius))
  }
  if (rods.length < 2) throw new QctError('RODS_NOT_FOUND', {})
  const labels = match.rods.filter((rod) => isDoubtful(rod, match)).map((rod) => rod.rod.label)
  if (labels.length > 0) warnings.push(qctWarning('ROD_POSITION_INFERRED', { labels }))
  return { phantom: match.phantom, rods, placement: 'automatic', warnings }
}

/**
 * Finds the calibration phantom in a scan, and which it is.
 *
 * Slices are averaged at stations along the patient; discs that keep to a straight line show in which directions
 * cylinders run; looking along each of these, everything that is not a cylinder smears and even faint rods show.
 * Every phantom is then laid over the discs in both directions, and what counts is its own physics: places, equal
 * holder, slope and offset a scanner can have, residual in mg/cm³, and no disc left unexplained in the row.
 *
 * @throws {QctError} `RODS_NOT_FOUND`; `RODS_AMBIGUOUS` when two phantoms fit about equally well.
 * @see docs/methods/in-scan-calibration.md
 */
export function findRods(volume: CtVolume, search: RodSearch = {}): FoundPhantom {
  const phantoms = search.phantoms ?? PHANTOM_LIBRARY
  const frame = sliceFrame(volume.geometry)
  const stations = stationImages(volume, frame)
  search.onProgress?.(0.2)
  const lines = rodLines(stations, (done) => search.onProgress?.(0.2 + 0.6 * done))
  const matches: PhantomMatch[] = []
  for (const direction of directionsOf(lines)) {
    for (const stretch of direction.stretches) {
      const view = rodDiscs(stations, direction, stretch, lines)
      const along = phantoms.flatMap((phantom) => phantomMatches(phantom, view))
      matches.push(...along)
      if (along.length > 0) break
    }
    // Three rods and more on their line are no chance: other directions need not be searched.
    if (matches.some((match) => match.seen >= 3 && match.residual < CALIBRATION_GATES.residualWarn)) break
  }
  search.onProgress?.(1)
  return foundPhantom(winnerOf(matches), frame, stations)
}
