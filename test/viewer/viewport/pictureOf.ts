import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { type PictureProjection, projectPicture } from '../../../src/viewer/viewport/pictureCamera.ts'
import { planeFrame, type ViewportPlane } from '../../../src/viewer/viewport/viewportPlane.ts'

/** A picture of 600 × 400 pixels around a point; 100 mm high unless told. */
export function pictureOf(
  plane: ViewportPlane,
  center = lpsPoint(3, -4, 5),
  heightMm = 100,
): PictureProjection {
  return projectPicture(planeFrame(plane), { center, heightMm }, center, { width: 600, height: 400 })
}
