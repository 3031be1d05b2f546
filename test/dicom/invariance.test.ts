import { describe, expect, it } from 'vitest'
import { type LpsPoint, lpsPoint, lpsVector } from '../../src/core/geometry/lps.ts'
import { mm } from '../../src/core/units.ts'
import type { Roi } from '../../src/core/volume/roi.ts'
import { roiStatistics } from '../../src/core/volume/roiStatistics.ts'
import { buildVolume } from '../../src/dicom/buildVolume.ts'
import type { CtFrame } from '../../src/dicom/ctStudy.ts'
import { groupStudies } from '../../src/dicom/groupStudies.ts'
import { makeFiles, makeFrame, shuffled, steps } from './ctFixture.ts'

/** The scanned grid: pixels of 0.7 mm, slices of 1.25 mm, corner where no coordinate is a round number. */
const [NX, NY, NZ] = [40, 36, 24]
const CORNER = [-13.3, -11.9, 7.125] as const
const SPACING = [0.7, 0.7, 1.25] as const

/** Noise that belongs to the place, not to the file: whatever the order of pixels, a place has one value. */
function tissue(point: LpsPoint): number {
  const [x, y, z] = point.map((c, axis) => Math.round((c - CORNER[axis]!) / SPACING[axis]!))
  const hash = Math.imul(x! * 73_856_093 + y! * 19_349_663 + z! * 83_492_791 + 7, 0x9e3779b1) >>> 0
  return 20 + (hash % 401)
}

/** How a series was stored: which way its rows and columns run, and which part of the grid it holds. */
interface Layout {
  readonly rowSign: 1 | -1
  readonly columnSign: 1 | -1
  readonly from?: readonly [number, number, number]
  readonly to?: readonly [number, number, number]
}

function scan({ rowSign, columnSign, from = [0, 0, 0], to = [NX, NY, NZ] }: Layout): CtFrame[] {
  const at = (axis: 0 | 1 | 2, index: number) => CORNER[axis] + index * SPACING[axis]
  const x = at(0, rowSign > 0 ? from[0] : to[0] - 1)
  const y = at(1, columnSign > 0 ? from[1] : to[1] - 1)
  return steps(to[2] - from[2], 1, from[2]).map((k) =>
    makeFrame(lpsPoint(x, y, at(2, k)), tissue, {
      columns: to[0] - from[0],
      rows: to[1] - from[1],
      columnSpacing: mm(SPACING[0]),
      rowSpacing: mm(SPACING[1]),
      imageOrientationPatient: [lpsVector(rowSign, 0, 0), lpsVector(0, columnSign, 0)],
    }),
  )
}

const axis = [0.15, -0.2, Math.sqrt(1 - 0.15 ** 2 - 0.2 ** 2)] as const
const lateral = (() => {
  const [x, z] = [axis[2], -axis[0]]
  return lpsVector(x / Math.hypot(x, z), 0, z / Math.hypot(x, z))
})()
const ROIS: readonly [string, Roi][] = [
  [
    'an oblique elliptical cylinder',
    {
      kind: 'ellipticalCylinder',
      center: lpsPoint(0.4, 0.9, 21.3),
      normal: lpsVector(...axis),
      lateral,
      radii: [8, 5.5],
      height: 9,
    },
  ],
  [
    'a prism whose corners lie on pixel centres',
    {
      kind: 'polygonPrism',
      corners: [
        [5, 6],
        [33, 6],
        [30, 28],
        [9, 25],
      ].map(([i, j]) => lpsPoint(CORNER[0] + i! * 0.7, CORNER[1] + j! * 0.7, 19.625)),
      normal: lpsVector(0, 0, 1),
      thickness: 7.5,
    },
  ],
]

async function measure(frames: readonly CtFrame[], roi: Roi) {
  const [study, ...others] = groupStudies(makeFiles(frames))
  expect(others).toEqual([])
  const { volume, warnings } = await buildVolume(study!.series[0]!)
  expect(warnings).toEqual([])
  return roiStatistics(volume, roi, { percentiles: [5, 50, 95] })
}

describe.each(ROIS)('%s gives the same number', (_, roi) => {
  const reference = measure(scan({ rowSign: 1, columnSign: 1 }), roi)

  it('which is not that of a handful of voxels', async () => {
    expect((await reference).n).toBeGreaterThan(1000)
    expect((await reference).outsideFraction).toBe(0)
  })

  it.each<[string, Layout, (frames: CtFrame[]) => CtFrame[]]>([
    ['files in another order', { rowSign: 1, columnSign: 1 }, shuffled],
    ['slices stored head first', { rowSign: 1, columnSign: 1 }, (frames) => frames.reverse()],
    ['rows mirrored (supine, feet first)', { rowSign: -1, columnSign: 1 }, (frames) => frames],
    ['columns mirrored (prone, feet first)', { rowSign: 1, columnSign: -1 }, shuffled],
    ['rotated half round (prone, head first)', { rowSign: -1, columnSign: -1 }, shuffled],
    [
      'cropped in plane',
      { rowSign: 1, columnSign: 1, from: [3, 2, 0], to: [37, 33, NZ] },
      (frames) => frames,
    ],
    ['cropped along the table', { rowSign: 1, columnSign: 1, from: [0, 0, 3], to: [NX, NY, 20] }, shuffled],
    [
      'cropped, rotated and shuffled',
      { rowSign: -1, columnSign: -1, from: [3, 2, 3], to: [37, 33, 20] },
      shuffled,
    ],
  ])('for %s', async (_name, layout, order) => {
    expect(await measure(order(scan(layout)), roi)).toEqual(await reference)
  })
})

/** The same patient's voxels with the patient lying another way: world and ROI turn together. */
describe('an ROI that turns with the patient gives the same number', () => {
  const turn = (p: readonly number[], [sx, sy, sz]: readonly number[]) => [
    p[0]! * sx!,
    p[1]! * sy!,
    p[2]! * sz!,
  ]
  const cylinder = ROIS[0]![1]
  if (cylinder.kind !== 'ellipticalCylinder') throw new Error('the first ROI is the cylinder')

  it.each([
    ['prone', [-1, -1, 1]],
    ['feet first', [-1, 1, -1]],
    ['feet first and prone', [1, -1, -1]],
  ])('for %s', async (_, signs) => {
    const reference = await measure(scan({ rowSign: 1, columnSign: 1 }), cylinder)
    const turned = scan({ rowSign: 1, columnSign: 1 }).map((frame): CtFrame => {
      const [row, column] = frame.imageOrientationPatient
      const position = turn(frame.imagePositionPatient, signs)
      return {
        ...frame,
        imagePositionPatient: lpsPoint(position[0]!, position[1]!, position[2]!),
        imageOrientationPatient: [
          lpsVector(...(turn(row, signs) as [number, number, number])),
          lpsVector(...(turn(column, signs) as [number, number, number])),
        ],
      }
    })
    const center = turn(cylinder.center, signs)
    const roi: Roi = {
      ...cylinder,
      center: lpsPoint(center[0]!, center[1]!, center[2]!),
      normal: lpsVector(...(turn(cylinder.normal, signs) as [number, number, number])),
      lateral: lpsVector(...(turn(cylinder.lateral, signs) as [number, number, number])),
    }
    expect(await measure(turned, roi)).toEqual(reference)
  })
})
