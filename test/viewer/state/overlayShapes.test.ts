import { describe, expect, it } from 'vitest'
import type { ExamDecisions } from '../../../src/exam/record/decisions.ts'
import { BLANK_DECISIONS, type DecidedVoi } from '../../../src/viewer/state/decisionEdits.ts'
import { overlayShapes } from '../../../src/viewer/state/overlayShapes.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

const voi: DecidedVoi = {
  centerLps: [1, 2, 3],
  normalLps: [0, 0, 1],
  lateralLps: [1, 0, 0],
  radiiMm: [12, 8],
  heightMm: 9,
}
const decisions: ExamDecisions = {
  ...BLANK_DECISIONS,
  rois: [
    { level: 'L1', placement: 'automatic', seedLps: null, voi },
    { level: 'L2', placement: 'edited', seedLps: null, voi },
    { level: 'L3', placement: 'from seed', seedLps: [4, 5, 6], voi: null },
  ],
  rods: [{ label: 'A', centerLps: [0, 80, 0], radiusMm: 6, source: 'automatic' }],
}
const plain = {
  decisions,
  record: null,
  level: null,
  dragged: null,
  isFixed: false,
  canMoveRods: false,
  regionsHu: [],
}
const of = (shapes: ReturnType<typeof overlayShapes>, id: string) => shapes.find((shape) => shape.id === id)

describe('what is drawn over the pictures', () => {
  it('tells automatic, edited and confirmed VOIs apart', () => {
    expect(of(overlayShapes(plain), 'voi L1')).toMatchObject({ standing: 'automatic' })
    expect(of(overlayShapes(plain), 'voi L2')).toMatchObject({ standing: 'edited' })
    const confirmed = { ...decisions, confirmations: ['levelNaming' as const] }
    expect(of(overlayShapes({ ...plain, decisions: confirmed }), 'voi L1')).toMatchObject({
      standing: 'confirmed',
    })
  })

  it('shows the VOI under the hand in the place of the decided one, of its level only', () => {
    const moved: DecidedVoi = { ...voi, centerLps: [9, 9, 9] }
    const shapes = overlayShapes({ ...plain, dragged: { level: 'L1', voi: moved } })
    expect(of(shapes, 'voi L1')).toMatchObject({ voi: { center: [9, 9, 9] } })
    expect(of(shapes, 'voi L2')).toMatchObject({ voi: { center: [1, 2, 3] } })
  })

  it('shows a seed where no VOI could be placed', () => {
    expect(of(overlayShapes(plain), 'seed L3')).toMatchObject({ kind: 'seed', at: [4, 5, 6] })
  })

  it('lets rods be moved on their own step only, and nothing once the exam is signed', () => {
    expect(of(overlayShapes(plain), 'rod A')).toMatchObject({ isEditable: false })
    expect(of(overlayShapes({ ...plain, canMoveRods: true }), 'rod A')).toMatchObject({ isEditable: true })
    const fixed = overlayShapes({ ...plain, canMoveRods: true, isFixed: true })
    expect(fixed.some((shape) => 'isEditable' in shape && shape.isEditable)).toBe(false)
  })

  it('shows regions of tissues on the step of the rods, with name and CT number', () => {
    const region = { tissue: 'adipose', radiusMm: 5, heightMm: 24, source: 'roi file' } as const
    const withRegion: ExamDecisions = {
      ...decisions,
      tissueRegions: [
        { ...region, centerLps: [7, 8, 9] },
        { ...region, tissue: 'blood', heightMm: null, source: 'automatic', centerLps: [1, 1, 1] },
      ],
    }
    const source = { ...plain, decisions: withRegion, regionsHu: [-101.4, null] }
    expect(of(overlayShapes(source), 'tissue 0')).toBeUndefined()
    const shapes = overlayShapes({ ...source, canMoveRods: true })
    expect(of(shapes, 'tissue 0')).toMatchObject({
      kind: 'tissue',
      label: 'fat −101 HU',
      standing: 'edited',
      center: [7, 8, 9],
      length: 24,
      isEditable: true,
    })
    expect(of(shapes, 'tissue 1')).toMatchObject({ label: 'blood', standing: 'automatic', length: 10 })
  })

  it('shows rods where they were sampled for the level on screen', () => {
    const record = exampleRecord()
    const [calibration] = record.results.calibrations
    const sampled = overlayShapes({ ...plain, record, level: calibration!.id as 'L1' })
    const [rod] = calibration!.rods
    expect(of(sampled, `rod ${rod!.label}`)).toMatchObject({ center: rod!.centerLps, radius: rod!.radiusMm })
    expect(of(overlayShapes({ ...plain, record, level: 'L5' }), 'rod A')).toMatchObject({
      center: [0, 80, 0],
    })
  })

  it('draws nothing of a level that is left out', () => {
    const out = {
      ...decisions,
      exclusions: [{ level: 'L1' as const, reason: 'fracture' as const, note: null }],
    }
    expect(of(overlayShapes({ ...plain, decisions: out }), 'voi L1')).toBeUndefined()
  })
})
