import { QctError } from '../errors.ts'
import type { LpsPoint } from '../geometry/lps.ts'
import type { Mm } from '../units.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import { fitCircle } from './finder/circleFit.ts'
import { smoothed } from './finder/planeImage.ts'
import { lpsToFrame, sliceFrame } from './finder/sliceFrame.ts'
import { stationImages } from './finder/stationImages.ts'
import { type RodCrossing, traceRods } from './finder/traceRods.ts'
import { type FoundPhantom, rodInWorld } from './foundPhantom.ts'
import type { PhantomModel } from './phantomModel.ts'

/** One rod as a person pointed at it. */
export interface RodClick {
  readonly label: string
  readonly center: LpsPoint
  /** Radius inside which the rod lies; only its inner part is sampled. */
  readonly radius: Mm
}

/** Radii a rod can have, mm. */
const RADIUS = { low: 3, high: 20 } as const

function checkClicks(phantom: PhantomModel, clicks: readonly RodClick[], volume: CtVolume): void {
  const expected = phantom.rods.map((rod) => rod.label)
  const fail = (problem: string) => new QctError('RODS_CLICKED_WRONG', { problem, expected })
  const labels = clicks.map((click) => click.label)
  const strange = labels.find((label) => !expected.includes(label))
  if (strange !== undefined) throw fail(`${phantom.name} has no rod ${strange}`)
  const twice = labels.find((label, at) => labels.indexOf(label) !== at)
  if (twice !== undefined) throw fail(`rod ${twice} is given twice`)
  const required = Math.min(3, expected.length)
  if (clicks.length < required) throw fail(`at least ${required} rods are needed, ${clicks.length} are given`)
  const frame = sliceFrame(volume.geometry)
  const axes = [frame.x, frame.y, frame.along] as const
  for (const { label, center, radius } of clicks) {
    if (!(radius >= RADIUS.low && radius <= RADIUS.high)) {
      throw fail(`the radius of rod ${label} is not between ${RADIUS.low} and ${RADIUS.high} mm`)
    }
    const isInside = lpsToFrame(frame, center).every((mm, at) => {
      const { size, spacing } = volume.geometry
      return mm >= -0.5 * spacing[axes[at]!] && mm <= (size[axes[at]!] - 0.5) * spacing[axes[at]!]
    })
    if (!isInside) throw fail(`rod ${label} lies outside the scanned volume`)
  }
}

/**
 * The phantom as a person pointed at its rods, one click each: centres are drawn to the rods' edges where these can
 * be seen, and the rods are followed along the patient.
 *
 * @throws {QctError} `RODS_CLICKED_WRONG`
 */
export function rodsFromClicks(
  volume: CtVolume,
  clicks: readonly RodClick[],
  phantom: PhantomModel,
): FoundPhantom {
  checkClicks(phantom, clicks, volume)
  const frame = sliceFrame(volume.geometry)
  const stations = stationImages(volume, frame)
  const inOrder = phantom.rods.flatMap((rod) => {
    const click = clicks.find(({ label }) => label === rod.label)
    return click === undefined ? [] : [{ rod, click }]
  })
  const crossings = inOrder.map(({ click }): RodCrossing => {
    const [x, y, s] = lpsToFrame(frame, click.center)
    const station = stations.reduce((best, one) =>
      Math.abs(one.at - s) < Math.abs(best.at - s) ? one : best,
    )
    const image = smoothed(station.image)
    const circles = [true, false].flatMap((isBright) => {
      const circle = fitCircle(image, { x, y, radius: click.radius, isBright })
      return circle === null || circle.coverage < 0.6 || circle.roughness > 0.7 ? [] : [circle]
    })
    const circle = circles.sort((a, b) => b.coverage - a.coverage)[0]
    if (circle === undefined || Math.hypot(circle.x - x, circle.y - y) > click.radius)
      return { x, y, s, isSeen: false }
    return { x: circle.x, y: circle.y, s: station.at, isSeen: true }
  })
  const radius = Math.min(...clicks.map((click) => click.radius))
  const traces = traceRods(crossings, stations, radius, { tx: 0, ty: 0 })
  return {
    phantom,
    rods: inOrder.map(({ rod, click }, at) => rodInWorld(frame, rod, traces[at]!, click.radius)),
    placement: 'by hand',
    warnings: [],
  }
}
