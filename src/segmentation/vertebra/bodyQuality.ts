import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import type { LpsPoint } from '../../core/geometry/lps.ts'
import { angleBetween, displacement, dot } from '../../core/geometry/vector.ts'
import type { EndplatePlane, VertebralBody } from '../../core/spine/vertebralBody.ts'
import { depthInside, wallOutline } from '../../core/spine/wallOutline.ts'
import type { Sampler } from '../../core/volume/sampling.ts'
import { pointAt } from './bodyFrame.ts'
import type { BodySection } from './bodySection.ts'
import type { FittedPlates } from './endplatePlane.ts'

/** What the finder knows of its own result, for gates, records and pictures. */
export interface BodyQuality {
  /** Distance of the endplates along the cranial direction through the centre, in mm. */
  readonly height: number
  /** Largest extent of the wall from left to right, and its depth on the mid-line, in mm. */
  readonly width: number
  readonly depth: number
  /** Angle between the endplates, in degrees. */
  readonly wedge: number
  /** How much each endplate stands out of bone and disc as blurred, in HU. */
  readonly upperRidge: number
  readonly lowerRidge: number
  /** How well bone, plates and discs agree with their model: about 1 and less when they do. */
  readonly misfit: number
  /** Strongest sheet inside the body, as share of its plates: small unless the span holds a disc. */
  readonly between: number
  /** Mean difference of left and right wall about the mid-line, in mm. */
  readonly asymmetry: number
  /** Share of the wall with a clear edge, 0 to 1. */
  readonly clearWall: number
  /** Mean ring score of the canal, 0 to 1. */
  readonly canalScore: number
}

/** A vertebral body as found from a seed. */
export interface FoundBody {
  readonly body: VertebralBody
  readonly quality: BodyQuality
  readonly warnings: readonly QctWarning[]
}

/** What is judged. */
export interface BodyEvidence {
  readonly sampler: Sampler
  readonly body: VertebralBody
  readonly section: BodySection
  readonly fits: FittedPlates
  readonly between: number
  readonly canalScore: number
  readonly seed: LpsPoint
}

/**
 * Sizes of adult T12 to L5 bodies in mm. Outside `plausible` it is no vertebral body and is refused; outside `usual`
 * it is doubted. These are project choices, wide about lumbar anatomy.
 */
export const BODY_SIZES = {
  height: { plausible: [12, 42], usual: [18, 40] },
  width: { plausible: [25, 75], usual: [30, 66] },
  depth: { plausible: [16, 55], usual: [20, 48] },
} as const

/** Gates beyond which a result carries a doubt. */
const DOUBT = { residual: 2, wedge: 15, asymmetry: 2.5, clearWall: 0.75, tilt: 30 }
/** A plate that stands out less than this, in HU, was not seen. */
const LEAST_RIDGE_HU = 15
/** More of a plate or disc than this between the endplates is doubtful; from the second on it is no single body. */
const BETWEEN = { doubt: 0.5, refuse: 0.9 }
/** How far outside the body found the seed may lie, in mm. */
const SEED_OUTSIDE_MM = 3

/**
 * Judges a body that was found: nonsense is refused, doubt rides on the result.
 *
 * @throws {QctError} `BODY_IMPLAUSIBLE`, `ENDPLATES_NOT_FOUND`, `BODY_AT_VOLUME_EDGE`, `SEED_NOT_IN_BONE`
 */
export function judgeBody({
  sampler,
  body,
  section,
  fits,
  between,
  canalScore,
  seed,
}: BodyEvidence): FoundBody {
  const height = reach(body, body.upper) - reach(body, body.lower)
  const sizes = { height, width: section.width, depth: section.depth }
  const warnings: QctWarning[] = []
  for (const quantity of ['height', 'width', 'depth'] as const) {
    const { plausible, usual } = BODY_SIZES[quantity]
    const found = sizes[quantity]
    if (!(found >= plausible[0] && found <= plausible[1])) {
      throw new QctError('BODY_IMPLAUSIBLE', { quantity, found, low: plausible[0], high: plausible[1] })
    }
    if (found < usual[0] || found > usual[1])
      warnings.push(qctWarning('BODY_SIZE_UNUSUAL', { quantity, found }))
  }
  const faint = (['upper', 'lower'] as const).filter((plate) => !(fits[plate].fit.ridge >= LEAST_RIDGE_HU))
  if (faint.length > 0) {
    throw new QctError('ENDPLATES_NOT_FOUND', { endplate: faint.length === 2 ? 'both' : faint[0]! })
  }
  if (between > BETWEEN.refuse) throw new QctError('ENDPLATES_NOT_FOUND', { endplate: 'both' })
  if (between > BETWEEN.doubt) {
    warnings.push(qctWarning('ENDPLATES_DOUBTFUL', { percent: Math.round(100 * between) }))
  }
  checkEdges(sampler, body, section)
  const [u, v, s] = [body.left, body.anterior, body.cranial].map((axis) =>
    dot(displacement(body.center, seed), axis),
  )
  const aboveOrBelow = Math.max(s! - reach(body, body.upper), reach(body, body.lower) - s!)
  if (aboveOrBelow > SEED_OUTSIDE_MM || depthInside(wallOutline(body), u!, v!) < -SEED_OUTSIDE_MM) {
    throw new QctError('SEED_NOT_IN_BONE', { reason: 'no bone around it' })
  }

  for (const endplate of ['upper', 'lower'] as const) {
    const { residual } = body[endplate]
    if (residual > DOUBT.residual) warnings.push(qctWarning('ENDPLATE_IRREGULAR', { endplate, residual }))
  }
  const wedge = angleBetween(body.upper.normal, body.lower.normal)
  if (wedge > DOUBT.wedge) warnings.push(qctWarning('ENDPLATES_NOT_PARALLEL', { angle: wedge }))
  if (section.asymmetry > DOUBT.asymmetry) {
    warnings.push(qctWarning('BODY_ASYMMETRIC', { difference: section.asymmetry }))
  }
  if (section.clearShare < DOUBT.clearWall) {
    warnings.push(qctWarning('BODY_WALL_UNCERTAIN', { share: Math.round(100 * (1 - section.clearShare)) }))
  }
  const tilt = (Math.acos(Math.min(1, Math.abs(body.cranial[2]))) * 180) / Math.PI
  if (tilt > DOUBT.tilt) warnings.push(qctWarning('LEVEL_TILT_LARGE', { tilt }))
  return {
    body,
    quality: {
      ...sizes,
      wedge,
      upperRidge: fits.upper.fit.ridge,
      lowerRidge: fits.lower.fit.ridge,
      misfit: fits.misfit,
      between,
      asymmetry: section.asymmetry,
      clearWall: section.clearShare,
      canalScore,
    },
    warnings,
  }
}

/** Where the line through the body's centre along its cranial direction meets an endplate. */
const reach = (body: VertebralBody, plane: EndplatePlane) =>
  dot(displacement(body.center, plane.point), plane.normal) / dot(body.cranial, plane.normal)

/** A body whose endplates or walls lie at the end of the scan is cut off: what was fitted there is no plate. */
function checkEdges(sampler: Sampler, body: VertebralBody, section: BodySection): void {
  const frame = section.frame
  for (const side of [1, -1] as const) {
    const plate = reach(body, side === 1 ? body.upper : body.lower)
    let missing = 0
    for (let ray = 0; ray < 16; ray++) {
      const angle = (2 * Math.PI * ray) / 16
      const u = 0.3 * section.width * Math.cos(angle)
      const v = 0.3 * section.depth * Math.sin(angle)
      if (Number.isNaN(sampler.at(pointAt(frame, u, v, plate + side * 1.5)))) missing++
    }
    if (missing > 3) throw new QctError('BODY_AT_VOLUME_EDGE', { side: side === 1 ? 'upper' : 'lower' })
  }
  const lost = body.wall.filter((corner) => Number.isNaN(sampler.at(corner))).length
  if (lost > body.wall.length / 20) throw new QctError('BODY_AT_VOLUME_EDGE', { side: 'lateral' })
}
