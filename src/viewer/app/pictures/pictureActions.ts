import type { LpsPoint } from '../../../core/geometry/lps.ts'
import { VERTEBRAL_LEVELS, type VertebralLevel } from '../../../core/units.ts'
import { phrase } from '../../../core/words/words.ts'
import { voiOf } from '../../../exam/pipeline/placeRegion.ts'
import { moveRegion } from '../../state/calibrationEdits.ts'
import { placeRods, placeSeed, placeVoi } from '../../state/decisionEdits.ts'
import { shapeId } from '../../state/overlayShapes.ts'
import { pickedRod } from '../../state/rodPicking.ts'
import { session } from '../../state/session.ts'
import { pick, selectLevel } from '../../state/viewActions.ts'
import type { Picking, Task } from '../../state/viewerState.ts'
import { viewerStore } from '../../state/viewerStore.ts'
import type { EditPhase, ShapeEdit } from '../../viewport/overlayShape.ts'
import type { PointerTask } from '../../viewport/viewportProps.ts'

const { getState } = viewerStore

/** What the pointer does in the pictures while something is to be picked, or nothing is. */
export function taskOfPicking(picking: Picking | null): PointerTask {
  if (picking === null) return { kind: 'browse' }
  return {
    kind: 'pick',
    label:
      picking.kind === 'seed'
        ? phrase('viewer.spine.clickHint', { level: picking.level })
        : phrase('viewer.calibration.clickRod', { label: picking.label }),
  }
}

/** The shape that a selected level has in the pictures. */
const shapeOfLevel = (level: VertebralLevel | null): string | null =>
  level === null ? null : shapeId.voi(level)

const levelOf = (id: string): VertebralLevel | null =>
  VERTEBRAL_LEVELS.find((level) => id === shapeId.voi(level) || id === shapeId.seed(level)) ?? null

/** The shape that keys move: on the calibration step a selected region of a tissue, else the VOI of the level. */
export const graspedShape = (
  task: Task,
  region: string | null,
  level: VertebralLevel | null,
): string | null => (task === 'calibration' && region !== null ? region : shapeOfLevel(level))

const regionOf = (id: string): number =>
  getState().decisions.present.tissueRegions.findIndex((_, index) => id === shapeId.region(index))

/** A shape was selected in a picture: its level is shown, a region is what keys move. The background selects nothing. */
export function selectShape(id: string | null): void {
  const level = id === null ? null : levelOf(id)
  viewerStore.setState({ selectedRegion: id !== null && regionOf(id) >= 0 ? id : null })
  if (level !== null && level !== getState().selectedLevel) selectLevel(level)
}

/** A hand changes a shape: shown and measured while it lasts, one decision when it lets go. */
export function shapeEdited(edit: ShapeEdit, phase: EditPhase): void {
  if (edit.kind === 'voi') voiEdited(edit, phase)
  else if (phase !== 'done') return
  else if (edit.kind === 'seed') seedMoved(edit.id, edit.at)
  else if (edit.kind === 'tissue') regionMoved(edit.id, edit.center)
  else rodMoved(edit.id, edit.center)
}

function voiEdited({ id, edit, voi }: Extract<ShapeEdit, { kind: 'voi' }>, phase: EditPhase): void {
  const level = levelOf(id)
  const placed = voiOf(voi)
  if (level === null || placed === null) return
  if (phase === 'live') session.drag(level, placed)
  else if (phase === 'cancelled') session.endDrag()
  else session.decide(phrase(`viewer.edit.voi.${edit}`, { level }), placeVoi(level, placed))
}

function seedMoved(id: string, at: LpsPoint): void {
  const level = levelOf(id)
  if (level !== null) session.decide(phrase('viewer.edit.seed', { level }), placeSeed(level, at))
}

function regionMoved(id: string, center: LpsPoint): void {
  const index = regionOf(id)
  const region = getState().decisions.present.tissueRegions[index]
  if (region === undefined) return
  const tissue = phrase(`report.tissueName.${region.tissue}`)
  session.decide(phrase('viewer.edit.region', { tissue }), moveRegion(index, center))
}

function rodMoved(id: string, center: LpsPoint): void {
  const { rods, calibration } = getState().decisions.present
  const phantom = calibration.phantomUsed ?? calibration.phantomRequested
  const label = rods.find((rod) => shapeId.rod(rod.label) === id)?.label
  if (phantom === null || label === undefined) return
  const moved = rods.map((rod) =>
    rod.label === label
      ? { ...rod, centerLps: [center[0], center[1], center[2]] as typeof rod.centerLps }
      : rod,
  )
  session.decide(phrase('viewer.edit.rod', { label }), placeRods(phantom, moved))
}

/** A point was picked: a seed places its level at once, rods are collected until the phantom is whole. */
export function pickPoint(at: LpsPoint): void {
  const { picking } = getState()
  if (picking === null) return
  if (picking.kind === 'seed') {
    pick(null)
    const { level } = picking
    session.decide(phrase('viewer.edit.seed', { level }), placeSeed(level, at))
    viewerStore.setState({ selectedLevel: level, crosshair: [at[0], at[1], at[2]] })
  } else pickedRod(picking, at)
}
