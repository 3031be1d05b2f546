import { type LpsPoint, lpsPoint, lpsVector } from '../../core/geometry/lps.ts'
import { phantomName } from '../../core/report/phantomName.ts'
import { printedValue } from '../../core/report/printedValue.ts'
import { hu, mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { PALETTE } from '../../core/volume/picture/color.ts'
import type { Picture } from '../../core/volume/picture/picture.ts'
import { type Overlay, planePicture } from '../../core/volume/picture/planePicture.ts'
import { phrase } from '../../core/words/words.ts'
import type { CalibrationResult } from '../record/results.ts'
import { framedFigure } from './figureFrame.ts'

/** Soft-tissue window wide enough for the densest rod. */
const WINDOW = { center: hu(120), width: hu(700) }
/** Slices averaged for a quiet picture, in mm. */
const SLAB_MM = 6
/** Shown around rods and vertebrae, in mm. */
const MARGIN_MM = 45
/** The picture is as large as fits here, in pixels. */
const LARGEST = { width: 960, height: 640 }
const CIRCLE_POINTS = 48

/** The phantom's rods on an axial slab, each sampled circle with its label and mean CT number. */
export function rodsFigure(
  volume: CtVolume,
  { rods, phantom }: CalibrationResult,
  vertebrae: readonly LpsPoint[],
  isAutomatic: boolean,
  footer: string,
): Picture {
  const z = rods.reduce((sum, rod) => sum + rod.centerLps[2], 0) / rods.length
  const points = [...rods.map(({ centerLps }) => centerLps), ...vertebrae]
  const [left, right] = [extreme(points, 0, Math.min) - MARGIN_MM, extreme(points, 0, Math.max) + MARGIN_MM]
  const [front, back] = [extreme(points, 1, Math.min) - MARGIN_MM, extreme(points, 1, Math.max) + MARGIN_MM]
  const spacing = Math.max((right - left) / LARGEST.width, (back - front) / LARGEST.height)
  const picture = planePicture(
    volume,
    {
      plane: {
        center: lpsPoint((left + right) / 2, (front + back) / 2, z),
        right: lpsVector(1, 0, 0),
        down: lpsVector(0, 1, 0),
      },
      pixelSpacing: mm(spacing),
      width: Math.round((right - left) / spacing),
      height: Math.round((back - front) / spacing),
      slab: mm(SLAB_MM),
      name: phrase('figure.plane.rods', { z: z.toFixed(0).replace('-', '−'), slab: SLAB_MM }),
    },
    WINDOW,
    rods.flatMap((rod) => rodOverlays(rod, spacing, isAutomatic)),
  )
  return framedFigure(
    [{ text: phrase('figure.rods') }, { text: `   ${phantomName(phantom)}`, isMuted: true }],
    [{ picture, x: 0, y: 0 }],
    footer,
  )
}

function rodOverlays(rod: CalibrationResult['rods'][number], spacing: number, dashed: boolean): Overlay[] {
  const [x, y, z] = rod.centerLps
  const circle = Array.from({ length: CIRCLE_POINTS }, (_, index) => {
    const angle = (2 * Math.PI * index) / CIRCLE_POINTS
    return lpsPoint(x + rod.radiusMm * Math.cos(angle), y + rod.radiusMm * Math.sin(angle), z)
  })
  const beside = rod.radiusMm + 12 * spacing // clear of the circle by most of a line of text
  const color = PALETTE.rods
  return [
    { kind: 'path', points: circle, color, closed: true, dashed },
    { kind: 'label', at: lpsPoint(x, y - beside, z), text: rod.label, color },
    { kind: 'label', at: lpsPoint(x, y + beside, z), text: `${printedValue(rod.meanHu, null)} HU`, color },
  ]
}

const extreme = (
  points: readonly (readonly [number, number, number])[],
  axis: 0 | 1,
  pick: (...values: number[]) => number,
) => pick(...points.map((point) => point[axis]))
