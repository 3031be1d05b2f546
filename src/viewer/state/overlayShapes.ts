import { lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import type { ExamDecisions, RoiDecision } from '../../exam/record/decisions.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { OverlayShape, ShapeStanding } from '../viewport/overlayShape.ts'
import { voiBody } from '../worker/voiBody.ts'
import type { DecidedVoi } from './decisionEdits.ts'

/** Length of a rod's drawn axis to both sides together, in mm: seen beside a vertebra without crossing the picture. */
const ROD_LENGTH_MM = 60

/** The id of a level's VOI, of its seed, and of a rod, among the shapes of a picture. */
export const shapeId = {
  voi: (level: string) => `voi ${level}`,
  seed: (level: string) => `seed ${level}`,
  rod: (label: string) => `rod ${label}`,
} as const

/** What shapes are drawn from. */
export interface ShapeSource {
  readonly decisions: ExamDecisions
  readonly record: ExamRecord | null
  readonly dragged: { readonly level: string; readonly voi: DecidedVoi } | null
  /** A signed report's regions are shown, not grasped. */
  readonly isFixed: boolean
  /** Whether rods may be moved: on the calibration step alone, lest a hand that means a VOI moves one. */
  readonly canMoveRods: boolean
}

/** What is drawn over the pictures: every placed VOI, seeds whose VOI is not placed, and the rods. */
export function overlayShapes(source: ShapeSource): OverlayShape[] {
  const { decisions, dragged, isFixed, canMoveRods } = source
  const open = decisions.rois.filter(({ level }) => !decisions.exclusions.some((out) => out.level === level))
  return [
    ...open.flatMap((roi): OverlayShape[] => {
      const voi = dragged?.level === roi.level ? dragged.voi : roi.voi
      if (voi === null) return seedShape(roi, isFixed)
      const standing = standingOf(roi, source)
      const id = shapeId.voi(roi.level)
      return [{ kind: 'voi', id, label: roi.level, standing, isEditable: !isFixed, voi: voiBody(voi) }]
    }),
    ...decisions.rods.map(({ label, centerLps, radiusMm, source: by }): OverlayShape => {
      return {
        kind: 'rod',
        id: shapeId.rod(label),
        label,
        standing: by === 'automatic' ? 'automatic' : 'edited',
        isEditable: canMoveRods && !isFixed,
        center: lpsPoint(...centerLps),
        axis: lpsVector(0, 0, 1),
        radius: radiusMm,
        length: ROD_LENGTH_MM,
      }
    }),
  ]
}

const seedShape = ({ level, seedLps }: RoiDecision, isFixed: boolean): OverlayShape[] =>
  seedLps === null
    ? []
    : [
        {
          kind: 'seed',
          id: shapeId.seed(level),
          label: level,
          standing: 'edited',
          isEditable: !isFixed,
          at: lpsPoint(...seedLps),
        },
      ]

function standingOf(roi: RoiDecision, { decisions, record }: ShapeSource): ShapeStanding {
  if (roi.placement === 'edited' || roi.placement === 'given') return 'edited'
  if (decisions.confirmations.includes('levelNaming')) return 'confirmed'
  const result = record?.results.spine.levels.find(({ level }) => level === roi.level)
  return (result?.warnings.length ?? 0) > 0 ? 'doubtful' : 'automatic'
}
