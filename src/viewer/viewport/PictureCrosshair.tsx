import type { LpsPoint } from '../../core/geometry/lps.ts'
import { cross, displacement, dot, length, scale, translate } from '../../core/geometry/vector.ts'
import type { PictureProjection } from './pictureCamera.ts'
import type { ReferencePlane } from './viewportProps.ts'

/** Half the opening at the crosshair's centre, in CSS pixels: what is looked at stays free. */
const OPENING = 14
/** Planes that meet at less than this (sine, about 6°) have no line worth drawing. */
const LEAST_SINE = 0.1

/** The line in which a plane crosses the picture's plane, long enough for any picture; null when they run alongside. */
function crossing(plane: ReferencePlane, projection: PictureProjection) {
  const { frame, center, size, mmPerPixel } = projection
  const line = cross(plane.normal, frame.normal)
  const sine = length(line)
  if (sine < LEAST_SINE) return null
  const direction = scale(line, 1 / sine)
  // From the picture's centre, within the picture, to the plane.
  const across = cross(frame.normal, direction)
  const way = dot(displacement(center, plane.center), plane.normal) / dot(across, plane.normal)
  const foot = translate(center, across, way)
  const reach = (size.width + size.height) * mmPerPixel
  return [translate(foot, direction, -reach), translate(foot, direction, reach)].map(projection.toPixels)
}

/** The crosshair and the lines where other pictures' planes cross this one. */
export function PictureCrosshair(props: {
  readonly projection: PictureProjection
  readonly crosshair: LpsPoint | null
  readonly referencePlanes: readonly ReferencePlane[]
}) {
  const { projection, crosshair, referencePlanes } = props
  const { width, height } = projection.size
  const at = crosshair && projection.toPixels(crosshair)
  return (
    <g className="picture-crosshair">
      {referencePlanes.map((plane) => {
        const [from, to] = crossing(plane, projection) ?? []
        if (!from || !to) return null
        return (
          <line key={plane.id} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} className="reference-line">
            <title>{plane.label}</title>
          </line>
        )
      })}
      {at && (
        <path
          data-part="crosshair"
          data-x={at[0]}
          data-y={at[1]}
          d={
            `M0 ${at[1]}H${at[0] - OPENING}M${at[0] + OPENING} ${at[1]}H${width}` +
            `M${at[0]} 0V${at[1] - OPENING}M${at[0]} ${at[1] + OPENING}V${height}`
          }
        />
      )}
    </g>
  )
}
