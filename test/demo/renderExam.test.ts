import { describe, expect, it } from 'vitest'
import { indexPoint, type LpsPoint, lpsPoint } from '../../src/core/geometry/lps.ts'
import { toIndex, toLps } from '../../src/core/geometry/volumeGeometry.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { fromVertebra } from '../../src/demo/boneBar.ts'
import { type ExamParameters, randomExamParameters } from '../../src/demo/examParameters.ts'
import { examScene } from '../../src/demo/examScene.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import type { Vec3 } from '../../src/demo/spineColumn.ts'
import { plainSpine, smallExam } from './smallExam.ts'
import { scannerAt, statedExam } from './statedExam.ts'

const huAt = (volume: CtVolume, at: number) =>
  volume.voxels[at]! * volume.rescale.slope + volume.rescale.intercept

/** Trilinear CT number at a world point. */
function sample(volume: CtVolume, point: LpsPoint): number {
  const index = toIndex(volume.geometry, point)
  const [ni, nj] = volume.geometry.size
  const [i, j, k] = index.map(Math.floor) as [number, number, number]
  let sum = 0
  for (const [di, dj, dk] of [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n & 1, (n >> 1) & 1, n >> 2] as const)) {
    const weight =
      (di ? index[0] - i : 1 - index[0] + i) *
      (dj ? index[1] - j : 1 - index[1] + j) *
      (dk ? index[2] - k : 1 - index[2] + k)
    sum += weight * huAt(volume, i + di + ni * (j + dj + nj * (k + dk)))
  }
  return sum
}

/** Where the CT number along a line crosses half-way between its two ends, in steps of 0.02 mm. */
function crossing(volume: CtVolume, at: (t: number) => LpsPoint, from: number, to: number): number {
  const level = (sample(volume, at(from)) + sample(volume, at(to))) / 2
  const rising = sample(volume, at(to)) > level
  for (let t = from; t <= to; t += 0.02) if (sample(volume, at(t)) > level === rising) return t
  throw new Error('no edge on this line')
}

/** A patient whose marrow is half fat, on a scanner of 80 kVp. */
const FATTY = statedExam(
  { marrowFatFraction: 0.5 },
  { scanner: scannerAt(80), image: { noiseSdHu: 0, blurSigmaMm: 0.5 } },
)

describe('renderExam', () => {
  const tilted = { ...plainSpine(250), coronalTiltDeg: 12, lordosisDeg: 40, axialRotationDeg: 6 }
  const around = (level: string, parameters: ExamParameters) => {
    const scene = examScene(parameters)
    const body = scene.bodies.find(({ vertebra }) => vertebra.name === level)!
    const { tablePositionZMm } = parameters.acquisition
    const world = (u: number, v: number, w: number) => {
      const [x, y, z]: Vec3 = fromVertebra(body.vertebra, u, v, w)
      return lpsPoint(x, y, z + tablePositionZMm)
    }
    return { ...body, world }
  }

  it.each([
    [0.5, 0.6, 0.6],
    [0.8, 1, 1],
    [0.8, 3, 3],
  ])(
    'puts walls and endplates where the shape has them (%d mm pixels, %d mm slices)',
    (pixel, thickness, spacing) => {
      const parameters = smallExam(
        {
          columns: Math.round(70 / pixel),
          rows: Math.round(66 / pixel),
          pixelSpacingMm: pixel,
          sliceThicknessMm: thickness,
          sliceSpacingMm: spacing,
          sliceCount: Math.ceil(46 / spacing),
          fieldCenterXMm: 17,
          fieldCenterYMm: 28,
          scanCenterZMm: 71,
        },
        { spine: tilted },
      )
      const { volume } = renderExam(parameters)
      const { shape, vertebra, world } = around('L1', parameters) // no psoas at this height: its fat would lie under the wall's edge
      const zero = (f: (t: number) => number) => {
        let [low, high] = [0, 40]
        for (let step = 0; step < 40; step++) {
          const middle = (low + high) / 2
          if (f(middle) < 0) low = middle
          else high = middle
        }
        return low
      }
      const wall = (du: number, dv: number) => {
        const true_ = zero((t) => shape.sideDistance(t * du, t * dv, 0))
        const seen = crossing(volume, (t) => world(t * du, t * dv, 0), true_ - 4, true_ + 1.8)
        return seen - true_
      }
      // half a step of the search and 0.1 mm: curvature, waist and the slope of the tissue outside over one point spread
      for (const [du, dv] of [
        [-1, 0],
        [0, 1],
        [0.8, 0.6],
        [-0.6, 0.8],
      ] as const)
        expect(Math.abs(wall(du, dv))).toBeLessThan(0.1)
      // Along a column of voxels the sum of the CT number against both sides is the way through bone, whatever the
      // slice profile: the plates are where the column's line enters and leaves the shape.
      const { geometry } = volume
      const [ni, nj, nk] = geometry.size
      for (const [u, v] of [
        [0, 0],
        [8, 3],
        [-9, -2],
      ] as const) {
        const [ci, cj] = toIndex(geometry, world(u, v, 0)).map(Math.round) as [number, number, number]
        const [x, y] = toLps(geometry, indexPoint(ci, cj, 0))
        const own = (z: number) => {
          const { center, left, anterior, cranial } = vertebra
          const d = [x - center[0], y - center[1], z - center[2]] as const
          const along = (axis: Vec3) => d[0] * axis[0] + d[1] * axis[1] + d[2] * axis[2]
          return [along(left), along(anterior), along(cranial)] as const
        }
        const column = Array.from({ length: nk }, (_, k) => huAt(volume, ci + ni * (cj + nj * k)))
        const middle = vertebra.center[2] + parameters.acquisition.tablePositionZMm - geometry.origin[2]
        const start = Math.round(middle / spacing)
        const bone = column[start]!
        for (const sign of [1, -1] as const) {
          const plate = zero((t) => {
            const [pu, pv, pw] = own(vertebra.center[2] + sign * t)
            return sign > 0 ? pw - shape.upperPlate(pu, pv) : shape.lowerPlate(pu, pv) - pw
          })
          // from the body's middle to the disc's, in whole slices
          const end = Math.round((middle + sign * (plate + 4.2)) / spacing)
          const outside = column[end]!
          let way = 0.5
          for (let k = start + sign; k !== end; k += sign) way += (column[k]! - outside) / (bone - outside)
          const seen = way * spacing + sign * (start * spacing - middle)
          // what the disc's own unevenness (18 HU over its radius) and whole-HU voxels make of a sum over 20 mm
          expect(Math.abs(seen - plate)).toBeLessThan(0.1)
        }
      }
    },
  )

  it.each([
    ['without stated tissues', {}],
    ['with fatty marrow at 80 kVp', FATTY],
  ] as const)('shows in its voxels the density that its truth states, %s', (_, changes) => {
    const field = {
      columns: 120,
      rows: 80,
      pixelSpacingMm: 0.3,
      sliceThicknessMm: 0.3,
      sliceSpacingMm: 0.3,
      sliceCount: 110,
      fieldCenterXMm: 4,
      fieldCenterYMm: 14,
      scanCenterZMm: 36,
    }
    const parameters = smallExam(field, changes)
    const whole = smallExam({}, changes)
    const { volume } = renderExam(parameters)
    const truth = renderTruth(whole).levels.find(({ level }) => level === 'L2')!
    const [px, py, pz] = truth.voi.centerLps
    const [nx, ny, nz] = truth.voi.normalLps
    const [lx, ly, lz] = truth.voi.lateralLps
    const [ax, ay, az] = [ny * lz - nz * ly, nz * lx - nx * lz, nx * ly - ny * lx]
    let [sum, n] = [0, 0]
    const [ni, nj, nk] = volume.geometry.size
    for (let k = 0; k < nk; k++)
      for (let j = 0; j < nj; j++)
        for (let i = 0; i < ni; i++) {
          const [x, y, z] = toLps(volume.geometry, indexPoint(i, j, k))
          const [dx, dy, dz] = [x - px, y - py, z - pz]
          if (Math.abs(dx * nx + dy * ny + dz * nz) > truth.voi.heightMm / 2) continue
          const p = (dx * lx + dy * ly + dz * lz) / truth.voi.radiiMm[0]
          const q = (dx * ax + dy * ay + dz * az) / truth.voi.radiiMm[1]
          if (p * p + q * q > 1) continue
          sum += huAt(volume, i + ni * (j + nj * k))
          n++
        }
    expect(n).toBeGreaterThan(50_000)
    // texture that the point spread carries over the VOI's surface: well under 0.2 HU of 121
    expect(Math.abs(sum / n - truth.meanHu)).toBeLessThan(0.2)
  })

  it('shows every rod of every phantom at its place with its CT number', () => {
    for (let index = 0; index < 6; index++) {
      const drawn = randomExamParameters(5, index)
      const parameters: ExamParameters = {
        ...drawn,
        image: { ...drawn.image, noiseSdHu: 0 },
        acquisition: { ...drawn.acquisition, sliceCount: 3, sliceThicknessMm: 1, sliceSpacingMm: 1 },
      }
      const { volume, truth } = renderExam(parameters)
      const [ni] = volume.geometry.size
      for (const rod of truth.phantom!.rods) {
        const [ci, cj, ck] = toIndex(volume.geometry, lpsPoint(...rod.centerLps))
        expect(Math.abs(ck - 1)).toBeLessThan(1e-6)
        const background = parameters.phantom!.holderHu + parameters.scanner.offsetHu
        const reach = Math.ceil((rod.radiusMm + 2) / parameters.acquisition.pixelSpacingMm)
        let [inside, n, area, weighted, moment] = [0, 0, 0, 0, 0]
        for (let j = Math.round(cj) - reach; j <= Math.round(cj) + reach; j++)
          for (let i = Math.round(ci) - reach; i <= Math.round(ci) + reach; i++) {
            const value = sample(volume, toLps(volume.geometry, indexPoint(i, j, 1)))
            const r = Math.hypot(i - ci, j - cj) * parameters.acquisition.pixelSpacingMm
            if (r < rod.radiusMm - 2.5) {
              inside += value
              n++
            }
            if (r > rod.radiusMm + 2) continue
            const contrast = (value - background) / (rod.meanHu - background)
            area += contrast
            weighted += contrast * (i - ci)
            moment += contrast * (j - cj)
          }
        // stored as whole HU: a plain inside is off by at most half
        expect(Math.abs(inside / n - rod.meanHu)).toBeLessThan(0.51)
        if (Math.abs(rod.meanHu - background) < 60) continue
        const pixel2 = parameters.acquisition.pixelSpacingMm ** 2
        // rounding to whole HU against a contrast of 60, over the ring that is summed
        expect(Math.abs((area * pixel2) / (Math.PI * rod.radiusMm ** 2) - 1)).toBeLessThan(0.03)
        expect(Math.hypot(weighted, moment) / area).toBeLessThan(0.1)
      }
      expect(ni).toBe(512)
    }
  })

  it('gives the same voxels for the same parameters, and other noise for another seed', () => {
    const parameters = smallExam(
      { columns: 48, rows: 40, pixelSpacingMm: 2, sliceCount: 3, sliceThicknessMm: 3, sliceSpacingMm: 3 },
      { image: { noiseSdHu: 20, blurSigmaMm: 0.6 } },
    )
    const first = renderExam(parameters).volume.voxels
    expect(renderExam(parameters).volume.voxels).toEqual(first)
    expect(renderExam({ ...parameters, seed: 2 }).volume.voxels).not.toEqual(first)
  })

  it('has noise of the stated SD, and far more of it and overshoot in the sharp series', () => {
    const parameters = smallExam(
      { columns: 96, rows: 96, pixelSpacingMm: 0.7, sliceCount: 6, fieldCenterYMm: -60, fieldCenterXMm: -70 },
      { image: { noiseSdHu: 15, blurSigmaMm: 0.6 } },
    )
    const noisy = renderExam(parameters).volume
    const silent = { ...parameters, image: { ...parameters.image, noiseSdHu: 0 } }
    const sd = (series: 'soft' | 'sharp') => {
      const [a, b] = [renderExam(parameters, { series }).volume, renderExam(silent, { series }).volume]
      const squares = Array.from(a.voxels, (value, at) => (value - b.voxels[at]!) ** 2)
      return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / noisy.voxels.length)
    }
    // 55 000 pixels, about ten to a grain, plus the rounding of two images (1/12 HU² each)
    expect(Math.abs(sd('soft') / 15 - 1)).toBeLessThan(0.06)
    expect(sd('sharp')).toBeGreaterThan(2.4 * 15)
    const range = (series: 'soft' | 'sharp') => Math.max(...renderExam(silent, { series }).volume.voxels)
    expect(range('sharp')).toBeGreaterThan(range('soft') + 10)
  })

  it('has no phantom and no phantom truth when the parameters hold none', () => {
    const parameters = smallExam(
      { columns: 64, rows: 64, pixelSpacingMm: 6, sliceCount: 2 },
      { phantom: null },
    )
    const { truth } = renderExam(parameters)
    expect(truth.phantom).toBeNull()
    expect(truth.mineral).toBe('K2HPO4')
  })
})

function renderTruth(parameters: ExamParameters) {
  // two slices are enough voxels; the truth comes from the scene, which still covers the whole stack
  const { acquisition } = parameters
  return renderExam({
    ...parameters,
    acquisition: {
      ...acquisition,
      columns: 64,
      rows: 64,
      pixelSpacingMm: 3,
      sliceCount: 40,
      sliceSpacingMm: 7,
      sliceThicknessMm: 7,
    },
  }).truth
}
