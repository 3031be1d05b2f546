import { ROD_SAMPLING } from '../../core/calibration/rodSampling.ts'
import { lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import type { VertebralLevel } from '../../core/units.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamDecisions, RoiDecision } from '../../exam/record/decisions.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { signedNumber } from '../ui/signedNumber.ts'
import type { OverlayShape, ShapeStanding } from '../viewport/overlayShape.ts'
import { voiBody } from '../worker/voiBody.ts'
import type { DecidedVoi } from './decisionEdits.ts'

/** Length of a rod's drawn axis to both sides together, in mm: that of the shortest sample of a vertebra's slices. */
const ROD_LENGTH_MM = ROD_SAMPLING.minLength

/** The id of a level's VOI, of its seed, of a rod, and of a tissue's region by its place in the decisions, among the shapes of a picture. */
export const shapeId = {
  voi: (level: string) => `voi ${level}`,
  seed: (level: string) => `seed ${level}`,
  rod: (label: string) => `rod ${label}`,
  region: (index: number) => `tissue ${index}`,
} as const

/** What shapes are drawn from. */
export interface ShapeSource {
  readonly decisions: ExamDecisions
  readonly record: ExamRecord | null
  /** The level on screen: rods are shown where they were sampled for it. */
  readonly level: VertebralLevel | null
  readonly dragged: { readonly level: string; readonly voi: DecidedVoi } | null
  /** A signed report's regions are shown, not grasped. */
  readonly isFixed: boolean
  /**
   * Whether rods and regions of tissues may be moved, and regions are shown: on the calibration step alone, lest a hand
   * that means a VOI moves one.
   */
  readonly canMoveRods: boolean
  /** Mean CT number of each tissue region in their order; null where it is not known. */
  readonly regionsHu: readonly (number | null)[]
}

/** What is drawn over the pictures: every placed VOI, seeds whose VOI is not placed, rods, and regions of tissues. */
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
    ...rodsOf(source).map(({ label, centerLps, radiusMm }): OverlayShape => {
      const by = decisions.rods.find((rod) => rod.label === label)?.source
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
    ...(canMoveRods ? decisions.tissueRegions : []).map(
      ({ tissue, centerLps, radiusMm, heightMm, source: by }, index): OverlayShape => {
        const meanHu = source.regionsHu[index] ?? null
        const name = phrase(`report.tissueName.${tissue}`)
        return {
          kind: 'tissue',
          id: shapeId.region(index),
          label: meanHu === null ? name : `${name} ${signedNumber(meanHu, 0)} HU`,
          standing: by === 'automatic' ? 'automatic' : 'edited',
          isEditable: canMoveRods && !isFixed,
          center: lpsPoint(...centerLps),
          axis: lpsVector(0, 0, 1),
          radius: radiusMm,
          length: heightMm ?? 2 * radiusMm,
        }
      },
    ),
  ]
}

/** The rods where they were sampled for the level on screen; where they were found as long as nothing was sampled. */
function rodsOf({ decisions, record, level }: ShapeSource) {
  const sampled = record?.results.calibrations.find(({ id }) => id === level)?.rods
  return sampled === undefined || sampled.length === 0 ? decisions.rods : sampled
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

/** How a VOI came to be. That it is doubted is said beside its number: the line keeps telling who placed it. */
function standingOf({ placement }: RoiDecision, { decisions }: ShapeSource): ShapeStanding {
  if (placement === 'edited' || placement === 'given') return 'edited'
  return decisions.confirmations.includes('levelNaming') ? 'confirmed' : 'automatic'
}
