import { describe, expect, it } from 'vitest'
import { QctError } from '../../../src/core/errors.ts'
import { type LpsPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween, displacement, distance, dot, translate } from '../../../src/core/geometry/vector.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { findVertebralBody } from '../../../src/segmentation/vertebra/findVertebralBody.ts'
import {
  PLAIN_SPINE,
  renderSyntheticSpine,
  SYNTHETIC_CENTER,
  type SyntheticSpine,
  syntheticFrame,
} from './syntheticSpine.ts'

const near = (x: number, y: number, z: number): LpsPoint =>
  lpsPoint(SYNTHETIC_CENTER[0] + x, SYNTHETIC_CENTER[1] + y, SYNTHETIC_CENTER[2] + z)

/** What the finder makes of a synthetic spine: errors in the body's own directions. */
function finding(spine: SyntheticSpine, volume: CtVolume, seed: LpsPoint) {
  const found = findVertebralBody(volume, seed)
  const truth = syntheticFrame(spine)
  const off = displacement(SYNTHETIC_CENTER, found.body.center)
  return {
    found,
    left: dot(off, truth.left),
    // The hollow back moves the middle of the depth 1.5 mm to the front of the middle of the ellipse.
    front: dot(off, truth.anterior) - 1.5,
    up: dot(off, truth.cranial),
    tilt: angleBetween(found.body.cranial, truth.cranial),
    turn: 90 - angleBetween(found.body.left, truth.anterior),
  }
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
  return 'no error'
}

const plain = renderSyntheticSpine(PLAIN_SPINE)

describe('findVertebralBody', () => {
  it.each([
    ['a plain body', {}, plain],
    [
      'weak bone beside brighter discs, leaning forward',
      { trabecular: 50, disc: 105, noise: 30, sagittal: 20 },
      null,
    ],
    [
      'strong bone, leaning backward and sideways',
      { trabecular: 250, noise: 25, sagittal: -25, coronal: 12 },
      null,
    ],
    ['slices of 4 mm', { slice: 4, sagittal: 15, coronal: -7, noise: 20 }, null],
    ['a low body between narrow discs', { height: 21, discHeight: 6, wedge: 3 }, null],
  ] as const)(
    'finds %s',
    (_, change, rendered) => {
      const spine = { ...PLAIN_SPINE, ...change }
      const { found, left, front, up, tilt, turn } = finding(
        spine,
        rendered ?? renderSyntheticSpine(spine),
        near(3, -2, 3),
      )
      // A third of what the protocol may be off (1.5 mm, 3°), so that the VOI's centre and direction hold with room.
      expect(Math.abs(left)).toBeLessThan(0.5)
      expect(Math.abs(front)).toBeLessThan(0.8)
      expect(Math.abs(up)).toBeLessThan(0.5)
      expect(tilt).toBeLessThan(1.5)
      expect(Math.abs(turn)).toBeLessThan(3)
      // Plates are fitted by their middle surface: 0.8 mm below the body's height; dense bone under it may draw it inward.
      expect(Math.abs(found.quality.height - (spine.height - 0.8))).toBeLessThan(1)
      expect(Math.abs(found.quality.width - 46)).toBeLessThan(1.5)
    },
    60_000,
  )

  it('does not depend on where in the middle of the body the seed lies', () => {
    const seeds = [near(6, 0, 0), near(-4, 4, 1), near(0, -3, 5), near(2, 3, -4.5)]
    const bodies = seeds.map((seed) => findVertebralBody(plain, seed).body)
    for (const body of bodies) {
      // The last round moves the centre by less than 0.15 mm; two findings differ by about twice that.
      expect(distance(body.center, bodies[0]!.center)).toBeLessThan(0.3)
      expect(angleBetween(body.cranial, bodies[0]!.cranial)).toBeLessThan(0.5)
    }
  }, 60_000)

  it('finds the same body in a series stored feet first and mirrored in its columns', () => {
    const { geometry, voxels } = plain
    const [ni, nj, nk] = geometry.size
    const turned = new Int16Array(voxels.length)
    for (let k = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        for (let i = 0; i < ni; i++) {
          turned[ni - 1 - i + ni * (j + nj * (nk - 1 - k))] = voxels[i + ni * (j + nj * k)]!
        }
      }
    }
    const { origin, spacing } = geometry
    const flipped: CtVolume = {
      ...plain,
      voxels: turned,
      geometry: {
        ...geometry,
        origin: lpsPoint(origin[0] + (ni - 1) * spacing[0], origin[1], origin[2] + (nk - 1) * spacing[2]),
        axes: [lpsVector(-1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, -1)],
      },
    }
    const seed = near(2, 2, -2)
    const [one, other] = [findVertebralBody(plain, seed).body, findVertebralBody(flipped, seed).body]
    // The same numbers in another order: sums round differently, no more.
    expect(distance(one.center, other.center)).toBeLessThan(1e-3)
    expect(angleBetween(one.cranial, other.cranial)).toBeLessThan(1e-3)
  }, 60_000)

  it('lists its wall from the left over the front, and its frame is right-handed in LPS', () => {
    const { body } = findVertebralBody(plain, near(0, 0, 0))
    const angles = body.wall.map((corner) => {
      const off = displacement(body.center, corner)
      return (Math.atan2(dot(off, body.anterior), dot(off, body.left)) * 180) / Math.PI
    })
    expect(Math.abs(angles[0]!)).toBeLessThan(5)
    expect(angles[Math.round(angles.length / 4)]!).toBeGreaterThan(60)
    expect(angles[Math.round(angles.length / 4)]!).toBeLessThan(120)
    expect(body.left[0]).toBeGreaterThan(0.9)
    expect(body.anterior[1]).toBeLessThan(-0.9)
    expect(body.cranial[2]).toBeGreaterThan(0.9)
  })

  it('tells its progress up to the end', () => {
    const shares: number[] = []
    findVertebralBody(plain, near(0, 0, 0), { onProgress: (share) => shares.push(share) })
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  it('refuses a seed outside the scan, in fat, in no measured voxels, or that is no point', () => {
    expect(codeOf(() => findVertebralBody(plain, near(500, 0, 0)))).toBe('SEED_OUTSIDE_VOLUME')
    expect(codeOf(() => findVertebralBody(plain, lpsPoint(Number.NaN, 0, 0)))).toBe('SEED_OUTSIDE_VOLUME')
    // 30 mm before the body's middle lies fat.
    expect(codeOf(() => findVertebralBody(plain, near(0, -30, 0)))).toBe('SEED_NOT_IN_BONE')
    const padded: CtVolume = { ...plain, padding: { low: 0, high: 4095 } }
    expect(codeOf(() => findVertebralBody(padded, near(0, 0, 0)))).toBe('SEED_NOT_IN_BONE')
  })

  it('refuses soft tissue without a canal behind it', () => {
    const blank: CtVolume = { ...plain, voxels: new Int16Array(plain.voxels.length).fill(1024 + 60) }
    expect(codeOf(() => findVertebralBody(blank, near(0, 0, 0)))).toBe('SPINAL_CANAL_NOT_FOUND')
  })

  it('refuses a body that the scan cuts off', () => {
    const { geometry, voxels } = plain
    const [ni, nj, nk] = geometry.size
    const center = translate(SYNTHETIC_CENTER, lpsVector(0, 0, 0))
    // Keeps what lies below 8 mm above the body's middle: the upper endplate is gone.
    const slices = Math.round((center[2] + 8 - geometry.origin[2]) / geometry.spacing[2])
    expect(slices).toBeLessThan(nk)
    const cut: CtVolume = {
      ...plain,
      voxels: voxels.slice(0, ni * nj * slices),
      geometry: { ...geometry, size: [ni, nj, slices] },
    }
    expect(['BODY_AT_VOLUME_EDGE', 'ENDPLATES_NOT_FOUND', 'BODY_IMPLAUSIBLE', 'SEED_NOT_IN_BONE']).toContain(
      codeOf(() => findVertebralBody(cut, near(0, 0, -3))),
    )
  })

  it('never answers with another body when the seed lies in a disc', () => {
    // Half-way between two bodies: either a refusal, or a body that holds the seed to within 3 mm.
    const truth = syntheticFrame(PLAIN_SPINE)
    const seed = translate(SYNTHETIC_CENTER, truth.cranial, (PLAIN_SPINE.height + PLAIN_SPINE.discHeight) / 2)
    let found: ReturnType<typeof findVertebralBody> | null = null
    const code = codeOf(() => {
      found = findVertebralBody(plain, seed)
    })
    if (code === 'no error') {
      const { body, quality } = found! as ReturnType<typeof findVertebralBody>
      const s = dot(displacement(body.center, seed), body.cranial)
      expect(Math.abs(s)).toBeLessThan(quality.height / 2 + 3)
    } else {
      expect(code).toMatch(/SEED_NOT_IN_BONE|ENDPLATES_NOT_FOUND|BODY_IMPLAUSIBLE|BODY_AT_VOLUME_EDGE/)
    }
  })

  it('forms CT numbers with slope and intercept', () => {
    const scaled: CtVolume = {
      ...plain,
      voxels: Float32Array.from(plain.voxels, (stored) => (stored - 1024) / 2),
      rescale: { slope: 2, intercept: hu(0) },
    }
    const seed = near(1, 1, 1)
    expect(
      distance(findVertebralBody(scaled, seed).body.center, findVertebralBody(plain, seed).body.center),
    ).toBeLessThan(1e-6)
  })
})
