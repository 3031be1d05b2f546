import type { LpsPoint } from '../../geometry/lps.ts'
import { displacement, dot } from '../../geometry/vector.ts'
import type { CtVolume } from '../ctVolume.ts'
import { type ResliceRequest, reslicePlane, type ViewPlane } from '../reslice.ts'
import type { Roi } from '../roi.ts'
import { roiRule } from '../roiRule.ts'
import { type Color, PALETTE, withOpacity } from './color.ts'
import { fillPath } from './fillPath.ts'
import { type GreyWindow, greyPicture } from './greyPicture.ts'
import { blendPixel, type Picture } from './picture.ts'
import { drawPictureMarks } from './pictureMarks.ts'
import { roiSection } from './roiSection.ts'
import { disc, strokePath } from './strokePath.ts'
import { drawText } from './text.ts'

/** A plane of the patient as it is to be drawn. */
export interface PlaneView extends ResliceRequest {
  readonly plane: ViewPlane
  /** Written into the upper left corner. */
  readonly name: string
}

/** Something of the patient's world that is drawn over a plane. */
export type Overlay =
  | {
      readonly kind: 'roi'
      readonly roi: Roi
      readonly color: Color
      /** An automatic contour is dashed, an edited or confirmed one solid. */
      readonly dashed?: boolean
      /** Opacity of the tint inside; none when left out. */
      readonly tint?: number
    }
  | {
      readonly kind: 'path'
      readonly points: readonly LpsPoint[]
      readonly color: Color
      readonly closed?: boolean
      readonly dashed?: boolean
    }
  | { readonly kind: 'point'; readonly at: LpsPoint; readonly color: Color }
  | { readonly kind: 'label'; readonly at: LpsPoint; readonly text: string; readonly color: Color }

const LINE_WIDTH = 1.75
const DASH = [6, 4] as const
const LABEL_SIZE = 13

function drawRoi(picture: Picture, view: PlaneView, overlay: Overlay & { kind: 'roi' }): void {
  const { roi, color } = overlay
  if (roi.kind === 'mask') {
    tintMask(picture, view, overlay)
    return
  }
  for (const section of roiSection(view.plane, roi)) {
    const outline = section.map((x, at) => x / view.pixelSpacing + (at % 2 ? view.height : view.width) / 2)
    if (overlay.tint !== undefined) fillPath(picture, [outline], withOpacity(color, overlay.tint))
    strokePath(picture, outline, {
      color,
      width: LINE_WIDTH,
      closed: true,
      ...(overlay.dashed ? { dash: DASH } : {}),
    })
  }
}

/** Tints the pixels whose centre lies in a mask, and draws their border. */
function tintMask(
  picture: Picture,
  view: PlaneView,
  { roi, color, tint = 0.35 }: Overlay & { kind: 'roi' },
): void {
  const { plane, pixelSpacing, width, height } = view
  // The picture as a grid of one slice: the same rule then says which pixel centres lie in the mask.
  const corner = plane.center.map(
    (x, axis) =>
      x - (plane.right[axis]! * (width - 1) + plane.down[axis]! * (height - 1)) * (pixelSpacing / 2),
  ) as unknown as LpsPoint
  const { contains } = roiRule(
    {
      size: [width, height, 1],
      origin: corner,
      spacing: [pixelSpacing, pixelSpacing, 1],
      axes: [plane.right, plane.down, plane.right],
    },
    roi,
  )
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (!contains(column, row, 0)) continue
      const isBorder =
        !contains(column - 1, row, 0) ||
        !contains(column + 1, row, 0) ||
        !contains(column, row - 1, 0) ||
        !contains(column, row + 1, 0)
      blendPixel(picture, pixel, color, isBorder ? 1 : tint)
    }
  }
}

function drawOverlay(picture: Picture, view: PlaneView, overlay: Overlay): void {
  const place = (point: LpsPoint) => {
    const fromCenter = displacement(view.plane.center, point)
    return [
      dot(fromCenter, view.plane.right) / view.pixelSpacing + view.width / 2,
      dot(fromCenter, view.plane.down) / view.pixelSpacing + view.height / 2,
    ] as const
  }
  switch (overlay.kind) {
    case 'roi':
      drawRoi(picture, view, overlay)
      return
    case 'path':
      strokePath(picture, overlay.points.flatMap(place), {
        color: overlay.color,
        width: LINE_WIDTH,
        closed: overlay.closed ?? false,
        ...(overlay.dashed ? { dash: DASH } : {}),
      })
      return
    case 'point': {
      const [x, y] = place(overlay.at)
      fillPath(picture, [disc(x, y, 4.5, 24)], PALETTE.background)
      fillPath(picture, [disc(x, y, 3, 24)], overlay.color)
      return
    }
    case 'label': {
      const [x, y] = place(overlay.at)
      drawText(picture, overlay.text, x, y, {
        size: LABEL_SIZE,
        color: overlay.color,
        align: 'middle',
        baseline: 'middle',
        rim: withOpacity(PALETTE.background, 0.75),
      })
    }
  }
}

/**
 * A picture of any plane through a volume, with outlines of ROIs and other things of the patient's world over it, a
 * scale bar, orientation letters and the plane's name.
 *
 * ROIs are drawn where the plane cuts them, other overlays are projected onto it. The picture is made by our own
 * reslicer, so browser and command line make the same one, pixel by pixel.
 *
 * @throws {QctError} `ROI_INVALID` for an overlay that is no ROI.
 */
export function planePicture(
  volume: CtVolume,
  view: PlaneView,
  window: GreyWindow,
  overlays: readonly Overlay[] = [],
): Picture {
  const picture = greyPicture(reslicePlane(volume, view.plane, view), window, PALETTE.background)
  for (const overlay of overlays) drawOverlay(picture, view, overlay)
  drawPictureMarks(picture, view.plane, view.pixelSpacing, view.name)
  return picture
}
