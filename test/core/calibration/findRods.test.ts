import { describe, expect, it } from 'vitest'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import type { FoundPhantom } from '../../../src/core/calibration/foundPhantom.ts'
import { PHANTOM_LIBRARY, phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { QctError } from '../../../src/core/errors.ts'
import { type LpsPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween, displacement, dot, length, reject } from '../../../src/core/geometry/vector.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { renderScene, type Scene, scene, truthOf } from './syntheticScan.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
  return 'nothing was thrown'
}

/** Largest distance of a found rod from the true axis, mm; infinite when labels or number differ. */
function misplacement(found: FoundPhantom, at: Scene): number {
  const truth = truthOf(at)
  if (found.rods.length !== truth.rods.length) return Number.POSITIVE_INFINITY
  return Math.max(
    ...found.rods.map(({ rod, point }) => {
      const true_ = truth.rods.find(({ label }) => label === rod.label)
      if (true_ === undefined) return Number.POSITIVE_INFINITY
      return length(reject(displacement(true_.center, point), truth.along))
    }),
  )
}

/** Poses, sizes and noise of the seven phantoms, drawn once from the ranges the finder works in. */
const POSES: Readonly<Record<string, Partial<Scene>>> = {
  'mindways-model-3': { rotation: [3, -2, 8], diameter: 13, rodSpacing: 38, noise: 25 },
  'mindways-model-3-qa': { rotation: [-4, 3, -15], isReversed: true, diameter: 18, rodSpacing: 44 },
  'qrm-bdc-3': { rotation: [-2, 5, 12], isReversed: true, diameter: 19.5, rodSpacing: 27, noise: 40 },
  'qrm-bdc-6': { rotation: [4, 1, -2], diameter: 14, rodSpacing: 42, holder: -30 },
  'b-mas-200': { rotation: [-1, -4, 5], isReversed: true, diameter: 16, rodSpacing: 24, noise: 30 },
  'image-analysis-qct-3d-plus': { rotation: [2, 2, -9], diameter: 12, rodSpacing: 49 },
  'siemens-osteo': { rotation: [-3, 1, 6], isReversed: true, diameter: 20, rodSpacing: 31, holder: 60 },
}

describe('the rod finder', () => {
  it.each(PHANTOM_LIBRARY.map((phantom) => phantom.id))('finds and names %s in the whole library', (id) => {
    const at = scene({ phantom: phantomById(id), ...POSES[id] })
    const found = findRods(renderScene(at))
    expect(found.phantom.id).toBe(id)
    // A coarse pixel is 0.9 mm; half of it is far inside the 2 mm that samples keep from the rod's edge.
    expect(misplacement(found, at)).toBeLessThan(0.45)
    for (const rod of found.rods) {
      // 0.45 mm over half the scan's 50 mm would be 0.5°.
      expect(angleBetween(rod.direction, truthOf(at).along)).toBeLessThan(0.5)
      expect(Math.abs(rod.radius - at.diameter / 2)).toBeLessThan(0.5) // half a pixel
    }
    expect(found.warnings).toEqual([])
  })

  it('finds nothing in a body without a phantom', () => {
    expect(codeOf(() => findRods(renderScene(scene({ size: [340, 210, 20], middle: [0, 0, 0] }))))).toBe(
      'RODS_NOT_FOUND',
    )
  })

  it('finds nothing in air', () => {
    const volume = renderScene(scene({ size: [60, 60, 12] }))
    const air = { ...volume, voxels: new Int16Array(volume.voxels.length) }
    expect(codeOf(() => findRods(air))).toBe('RODS_NOT_FOUND')
  })

  it('finds nothing in a scan of two voxels a side', () => {
    expect(codeOf(() => findRods(renderScene(scene({ size: [2, 2, 2] }))))).toBe('RODS_NOT_FOUND')
  })

  it('does not take rods of a few slices, as of a chest phantom, for a calibration phantom', () => {
    const at = scene({ phantom: phantomById('b-mas-200'), halfLength: 9 })
    expect(codeOf(() => findRods(renderScene(at)))).toBe('RODS_NOT_FOUND')
  })

  it('does not find a phantom that was named but is not the one in the scan', () => {
    const at = scene({ phantom: phantomById('b-mas-200') })
    const named = { phantoms: [phantomById('qrm-bdc-6')] }
    expect(codeOf(() => findRods(renderScene(at), named))).toBe('RODS_NOT_FOUND')
  })

  it('does not choose between two phantoms that fit alike', () => {
    const bMas = phantomById('b-mas-200')
    const twin = { ...bMas, id: 'twin' }
    const volume = renderScene(scene({ phantom: bMas }))
    expect(codeOf(() => findRods(volume, { phantoms: [bMas, twin] }))).toBe('RODS_AMBIGUOUS')
    expect(findRods(volume, { phantoms: [twin] }).phantom.id).toBe('twin')
  })

  it('finds a rod that differs from its holder by 4 HU', () => {
    const at = scene({ phantom: phantomById('siemens-osteo'), holder: 7, offset: 3 })
    const found = findRods(renderScene(at))
    expect(found.phantom.id).toBe('siemens-osteo')
    expect(misplacement(found, at)).toBeLessThan(1.5) // its edge is lost in the noise; 2 mm are kept from it
  })

  it('finds a phantom that lies across a prone patient scanned feet first', () => {
    const phantom = phantomById('mindways-model-3')
    const axes = [lpsVector(-1, 0, 0), lpsVector(0, -1, 0), lpsVector(0, 0, -1)] as const
    const at = scene({ phantom, axes })
    const found = findRods(renderScene(at))
    expect(found.phantom.id).toBe('mindways-model-3')
    expect(misplacement(found, at)).toBeLessThan(0.45) // half a coarse pixel
    for (const rod of found.rods) expect(rod.direction[2]).toBeGreaterThan(0.9)
  })

  it('finds it on a grid whose slices are coronal', () => {
    const axes = [lpsVector(1, 0, 0), lpsVector(0, 0, -1), lpsVector(0, 1, 0)] as const
    const at = scene({
      phantom: phantomById('image-analysis-qct-3d-plus'),
      axes,
      size: [220, 60, 130],
      spacing: [1, 2, 1],
    })
    const found = findRods(renderScene(at))
    expect(found.phantom.id).toBe('image-analysis-qct-3d-plus')
    expect(misplacement(found, at)).toBeLessThan(0.5) // half a pixel
  })

  it('follows the rods to where the phantom ends', () => {
    const at = scene({
      phantom: phantomById('b-mas-200'),
      size: [230, 70, 50],
      rodSpacing: 25,
      middle: [4, 62, 0],
      halfLength: 50,
    })
    const found = findRods(renderScene(at))
    for (const { zRange } of found.rods) {
      // The phantom spans 5 ± 50 mm; stations of 10 mm lie wholly inside it only up to one length from its ends.
      expect(zRange[0]).toBeGreaterThan(-45 - 1)
      expect(zRange[1]).toBeLessThan(55 + 1)
      expect(zRange[1] - zRange[0]).toBeGreaterThan(75)
    }
  })

  it('does without a rod beyond the field, and says so', () => {
    const at = scene({
      phantom: phantomById('b-mas-200'),
      size: [235, 150, 26],
      rodSpacing: 40,
      diameter: 14,
    })
    const shifted = { ...at, middle: [-30, 35, 0] as const }
    const found = findRods(renderScene(shifted))
    expect(found.phantom.id).toBe('b-mas-200')
    expect(found.rods.map(({ rod }) => rod.label)).toEqual(['A', 'B', 'C', 'D'])
    expect(found.warnings).toMatchObject([
      { code: 'ROD_EXCLUDED', details: { label: 'E', reason: 'outside the scanned volume' } },
    ])
  })

  it('does not take a rod as bright as its holder for one beyond the field', () => {
    // Equal steps, four rods seen: the fifth lies unseen at the low end, or beyond the field at the high end.
    const at = scene({ phantom: phantomById('b-mas-200'), rodSpacing: 47, offset: -5, holder: -5 })
    const found = findRods(renderScene(at))
    expect(found.rods.map(({ rod }) => rod.label)).toEqual(['A', 'B', 'C', 'D', 'E'])
    // The unseen rod has the place that its row gives it: a pixel's worth of error over four gaps.
    expect(misplacement(found, at)).toBeLessThan(0.9)
  })

  it('places the rods of a certificate that states their uneven positions', () => {
    const model = phantomById('image-analysis-qct-3d-plus')
    const even = { ...model, geometry: { ...model.geometry, positions: [0, 32, 64] as never } }
    const uneven = { ...model, geometry: { ...model.geometry, positions: [0, 24, 64] as never } }
    const volume = renderScene(scene({ phantom: model }))
    expect(findRods(volume, { phantoms: [even] }).rods).toHaveLength(3)
    expect(codeOf(() => findRods(volume, { phantoms: [uneven] }))).toBe('RODS_NOT_FOUND')
  })

  it('reports progress that rises to 1', () => {
    const seen: number[] = []
    const volume = renderScene(scene({ phantom: phantomById('siemens-osteo'), holder: 60 }))
    findRods(volume, { onProgress: (done) => seen.push(done) })
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  it('counts padding as air and is not disturbed by NaN', () => {
    const at = scene({ phantom: phantomById('mindways-model-3') })
    const volume = renderScene(at)
    const holed: CtVolume = {
      ...volume,
      voxels: Float32Array.from(volume.voxels, (value) => (value < 100 ? Number.NaN : value)),
    }
    const found = findRods(holed)
    expect(found.phantom.id).toBe('mindways-model-3')
    expect(misplacement(found, at)).toBeLessThan(0.45) // half a coarse pixel
  })
})

describe('a scan in other storage', () => {
  /** The same world on a grid whose three axes are reversed. */
  function reversed(volume: CtVolume): CtVolume {
    const { size, spacing, axes, origin } = volume.geometry
    const far = axes.reduce<LpsPoint>((point, axis, at) => {
      const reach = (size[at]! - 1) * spacing[at]!
      return lpsPoint(point[0] + axis[0] * reach, point[1] + axis[1] * reach, point[2] + axis[2] * reach)
    }, origin)
    const back = axes.map((axis) => lpsVector(-axis[0], -axis[1], -axis[2]))
    return {
      ...volume,
      voxels: Int16Array.from(volume.voxels).reverse(),
      geometry: { size, spacing, origin: far, axes: [back[0]!, back[1]!, back[2]!] },
    }
  }

  it('shows the same rods in the same places', () => {
    const at = scene({ phantom: phantomById('b-mas-200') })
    const volume = renderScene(at)
    const [there, back] = [findRods(volume), findRods(reversed(volume))]
    expect(back.phantom.id).toBe(there.phantom.id)
    for (const [index, rod] of there.rods.entries()) {
      const other = back.rods[index]!
      const off = reject(displacement(rod.point, other.point), rod.direction)
      expect(length(off)).toBeLessThan(0.1) // coarse pixels are summed from the other side
      expect(dot(rod.direction, other.direction)).toBeGreaterThan(0.9999)
    }
  })
})
