import { type LpsVector, lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { cross, scale, translate } from '../../core/geometry/vector.ts'
import { printedValue } from '../../core/report/printedValue.ts'
import { hu, mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { PALETTE } from '../../core/volume/picture/color.ts'
import type { Picture } from '../../core/volume/picture/picture.ts'
import { type Overlay, planePicture } from '../../core/volume/picture/planePicture.ts'
import type { ViewPlane } from '../../core/volume/reslice.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import { phrase } from '../../core/words/words.ts'
import type { RoiDecision } from '../record/decisions.ts'
import type { LevelResult } from '../record/results.ts'
import { FIGURE_GAP, framedFigure, type TitlePart } from './figureFrame.ts'

/** Bone window: marrow and cortex can both be judged. */
const WINDOW = { center: hu(300), width: hu(1200) }
/** The plane that decides the number is the largest picture: 95 mm wide. */
const LARGE = { size: 560, spacing: 0.17 }
/** The two planes at right angles to it: 140 × 97 mm, so that the neighbouring discs are seen. */
const SMALL = { width: 400, height: 276, spacing: 0.35 }
/** The body lies before the VOI's centre, canal and arch behind it: the pictures look a little behind the VOI. */
const LOOK_BEHIND_MM = 12

/** A VOI on the plane parallel to the endplates and on the sagittal and coronal planes through its middle. */
export function voiFigure(
  volume: CtVolume,
  decision: RoiDecision & { readonly voi: NonNullable<RoiDecision['voi']> },
  level: LevelResult,
  footer: string,
): Picture {
  const roi = roiOf(decision.voi)
  // As radiologists look: the patient's left on the right, head up, whichever way the VOI's own axes point.
  const cranial = pointing(roi.normal, 2)
  const left = pointing(roi.lateral, 0)
  const posterior = cross(cranial, left)
  const caudal = scale(cranial, -1)
  const behind = translate(roi.center, posterior, LOOK_BEHIND_MM)
  const overlay: Overlay = {
    kind: 'roi',
    roi,
    color: PALETTE.vertebra,
    dashed: decision.placement !== 'given',
    tint: 0.12,
  }
  const small = (name: string, center: ViewPlane['center'], right: LpsVector) =>
    planePicture(
      volume,
      {
        plane: { center, right, down: caudal },
        pixelSpacing: mm(SMALL.spacing),
        width: SMALL.width,
        height: SMALL.height,
        name,
      },
      WINDOW,
      [overlay],
    )
  const large = planePicture(
    volume,
    {
      plane: { center: behind, right: left, down: posterior },
      pixelSpacing: mm(LARGE.spacing),
      width: LARGE.size,
      height: LARGE.size,
      name: phrase('figure.plane.axial'),
    },
    WINDOW,
    [overlay],
  )
  const beside = LARGE.size + FIGURE_GAP
  return framedFigure(
    titleOf(level),
    [
      { picture: large, x: 0, y: 0 },
      { picture: small(phrase('figure.plane.sagittal'), behind, posterior), x: beside, y: 0 },
      {
        picture: small(phrase('figure.plane.coronal'), roi.center, left),
        x: beside,
        y: SMALL.height + FIGURE_GAP,
      },
    ],
    footer,
  )
}

/** A direction or its opposite, whichever has a positive component along an axis of LPS. */
const pointing = (direction: LpsVector, axis: 0 | 2) =>
  direction[axis] < 0 ? scale(direction, -1) : direction

const roiOf = (voi: NonNullable<RoiDecision['voi']>): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center: lpsPoint(...voi.centerLps),
  normal: lpsVector(...voi.normalLps),
  lateral: lpsVector(...voi.lateralLps),
  radii: voi.radiiMm,
  height: voi.heightMm,
})

/** `L1   101.1 ± 1.2 mg/cm³   125.6 HU, SD 18.9, n 3047, tilt 10.4°`, or why there is no value. */
function titleOf(level: LevelResult): TitlePart[] {
  const { vbmdMgPerCm3, uncertaintyMgPerCm3, meanHu, sdHu, n, tiltDeg, refusal } = level
  if (meanHu === null || sdHu === null)
    return [{ text: level.level }, { text: `   ${refusal?.code ?? ''}`, isMuted: true }]
  const [value = '', doubt] =
    vbmdMgPerCm3 === null ? [] : printedValue(vbmdMgPerCm3, uncertaintyMgPerCm3).split(' ± ')
  const density =
    vbmdMgPerCm3 === null
      ? []
      : [
          { text: `   ${value}` },
          { text: `${doubt === undefined ? '' : ` ± ${doubt}`} mg/cm³`, isMuted: true },
        ]
  return [
    { text: level.level },
    ...density,
    { text: `   ${meanHu.toFixed(1)}` },
    {
      text: ` HU   ${phrase('figure.statistics', { sd: sdHu.toFixed(1), n, tilt: tiltDeg?.toFixed(1) })}`,
      isMuted: true,
    },
  ]
}
