import { lpsPoint, lpsVector } from '../../../core/geometry/lps.ts'
import { hu } from '../../../core/units.ts'
import { planeFrame } from '../viewportPlane.ts'
import type { ViewportVolume } from '../viewportProps.ts'
import type { PictureView } from './picture.ts'

/** Edge of the keeper's picture and volume, in CSS pixels and voxels. */
const EDGE = 8

/** The volume of a picture that nobody sees. */
export const keeperVolume: ViewportVolume = {
  id: 'keeper',
  ct: {
    quantity: 'HU',
    voxels: new Int16Array(EDGE ** 3),
    rescale: { slope: 1, intercept: hu(0) },
    geometry: {
      size: [EDGE, EDGE, EDGE],
      spacing: [1, 1, 1],
      origin: lpsPoint(0, 0, 0),
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  },
}

/** What that picture shows. */
export const keeperView: PictureView = {
  frame: planeFrame({ kind: 'axial' }),
  center: lpsPoint(EDGE / 2, EDGE / 2, EDGE / 2),
  heightMm: EDGE,
  window: { center: 0, width: 100 },
  slabMm: 0,
}

/**
 * An element out of sight for a picture that holds the graphics context open: with it the context is made and the
 * shaders are compiled before the first scan is there, and large textures can be made before a picture waits for them.
 */
export function keeperElement(): HTMLDivElement {
  const element = document.createElement('div')
  element.className = 'viewport-keeper'
  element.setAttribute('aria-hidden', 'true')
  document.body.append(element)
  return element
}
