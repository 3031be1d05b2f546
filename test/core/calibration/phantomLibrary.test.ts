import { describe, expect, it } from 'vitest'
import {
  PHANTOM_LIBRARY,
  parsePhantomLibrary,
  phantomById,
  phantomFromCertificate,
} from '../../../src/core/calibration/phantomLibrary.ts'
import file from '../../../src/core/calibration/phantoms.json' with { type: 'json' }
import { thrownBy } from '../../thrownBy.ts'

const certificate = () => ({
  schemaVersion: 1,
  phantom: 'mindways-model-3',
  serial: '9999',
  source: 'certificate of 2020-01-01',
  rods: [
    { label: 'A', densityMgPerCm3: -50.2, waterDensityMgPerCm3: 1012.0 },
    { label: 'B', densityMgPerCm3: -54.1, waterDensityMgPerCm3: 1057.1 },
    { label: 'C', densityMgPerCm3: 58.5, waterDensityMgPerCm3: 1103.2 },
    { label: 'D', densityMgPerCm3: 156.8, waterDensityMgPerCm3: 1119.3 },
    { label: 'E', densityMgPerCm3: 374.9, waterDensityMgPerCm3: 923.5 },
  ],
})

describe('the phantom library', () => {
  it('knows the seven phantoms under their stable ids', () => {
    expect(PHANTOM_LIBRARY.map((phantom) => phantom.id)).toEqual([
      'mindways-model-3',
      'mindways-model-3-qa',
      'qrm-bdc-3',
      'qrm-bdc-6',
      'b-mas-200',
      'image-analysis-qct-3d-plus',
      'siemens-osteo',
    ])
  })

  it('gives water densities to water-term phantoms and to no other', () => {
    for (const phantom of PHANTOM_LIBRARY) {
      const hasWater = phantom.rods.map((rod) => rod.waterDensity !== undefined)
      expect(new Set(hasWater)).toEqual(new Set([phantom.equation === 'water-term']))
      expect(phantom.mineral).toBe(phantom.equation === 'water-term' ? 'K2HPO4' : 'HA')
    }
  })

  it('names the source of every phantom', () => {
    for (const phantom of file.phantoms) {
      expect(phantom.source.citation).toContain('commit a7e74fc')
      expect(phantom.source.verification).toBe('V2')
    }
  })

  it('refuses an unknown id and lists the known ones', () => {
    const error = thrownBy(() => phantomById('mindways-model-4'))
    expect(error.code).toBe('PHANTOM_UNKNOWN')
    expect(error.message).toContain('qrm-bdc-6')
  })

  it('names the path of a fault in a library file', () => {
    const broken = structuredClone(file) as { phantoms: { rods: { waterDensityMgPerCm3?: number }[] }[] }
    delete broken.phantoms[0]!.rods[2]!.waterDensityMgPerCm3
    const error = thrownBy(() => parsePhantomLibrary(broken))
    expect(error.code).toBe('PHANTOM_FILE_INVALID')
    expect(error.details).toEqual({
      path: 'phantoms.0.rods',
      problem: 'a water-term phantom needs waterDensityMgPerCm3 for every rod',
    })
  })

  it.each([null, 7, 'text', [], {}, { schemaVersion: 2, phantoms: [] }])(
    'refuses %j as a library file',
    (json) => {
      expect(thrownBy(() => parsePhantomLibrary(json)).code).toBe('PHANTOM_FILE_INVALID')
    },
  )
})

describe('a certificate', () => {
  it('replaces the densities of its model and says so', () => {
    const phantom = phantomFromCertificate({ ...certificate(), rodDiameterMm: 15, rodSpacingMm: 40 })
    expect(phantom.rods.map((rod) => rod.density)).toEqual([-50.2, -54.1, 58.5, 156.8, 374.9])
    expect(phantom.densitiesFrom).toBe('certificate')
    expect(phantom.serials).toEqual(['9999'])
    expect(phantom.geometry).toEqual({ diameter: [15, 15], spacing: [40, 40] })
  })

  it('keeps the ranges of the model where it states no size, and takes positions where it does', () => {
    expect(phantomFromCertificate(certificate()).geometry.diameter).toEqual([12, 20])
    const placed = phantomFromCertificate({ ...certificate(), rodPositionsMm: [0, 30, 60, 92, 124] })
    expect(placed.geometry.spacing).toEqual([30, 32])
    expect(placed.geometry.positions).toEqual([0, 30, 60, 92, 124])
  })

  it('may state how sure each density is, and an unstated one stays unknown', () => {
    const stated = certificate()
    const rods = stated.rods.map((rod, at) => (at === 1 ? { ...rod, densitySdMgPerCm3: 0.6 } : rod))
    const phantom = phantomFromCertificate({ ...stated, rods })
    expect(phantom.rods.map((rod) => rod.densitySd)).toEqual([
      undefined,
      0.6,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('is refused when two values are swapped', () => {
    const swapped = certificate()
    swapped.rods[2]!.densityMgPerCm3 = 156.8
    swapped.rods[3]!.densityMgPerCm3 = 58.5
    const error = thrownBy(() => phantomFromCertificate(swapped))
    expect(error.code).toBe('PHANTOM_FILE_INVALID')
    expect(error.message).toContain('swapped')
  })

  it('may order two rods of nearly one density either way', () => {
    const near = certificate()
    near.rods[0]!.densityMgPerCm3 = -54.1
    near.rods[1]!.densityMgPerCm3 = -50.2
    expect(phantomFromCertificate(near).rods[0]!.density).toBe(-54.1)
  })

  it.each<[string, (it: ReturnType<typeof certificate>) => unknown]>([
    ['lacks a rod', (it) => ({ ...it, rods: it.rods.slice(1) })],
    ['names rods in another order', (it) => ({ ...it, rods: it.rods.toReversed() })],
    [
      'lacks a water density',
      (it) => ({ ...it, rods: it.rods.map(({ label, densityMgPerCm3 }) => ({ label, densityMgPerCm3 })) }),
    ],
    [
      'states densities in g/cm³',
      (it) => ({ ...it, rods: it.rods.map((rod) => ({ ...rod, waterDensityMgPerCm3: 1.05 })) }),
    ],
    [
      'states a density without any doubt',
      (it) => ({ ...it, rods: it.rods.map((rod) => ({ ...rod, densitySdMgPerCm3: 0 })) }),
    ],
    ['holds NaN', (it) => ({ ...it, rodDiameterMm: Number.NaN })],
    ['has an unknown key', (it) => ({ ...it, rodDiametreMm: 15 })],
    ['states spacing twice', (it) => ({ ...it, rodSpacingMm: 30, rodPositionsMm: [0, 30, 60, 90, 120] })],
    ['states positions that fall', (it) => ({ ...it, rodPositionsMm: [0, 30, 20, 90, 120] })],
    ['states too few positions', (it) => ({ ...it, rodPositionsMm: [0, 30] })],
  ])('is refused when it %s', (_fault, change) => {
    expect(thrownBy(() => phantomFromCertificate(change(certificate()))).code).toBe('PHANTOM_FILE_INVALID')
  })

  it('is refused for a model that is not in the library', () => {
    expect(thrownBy(() => phantomFromCertificate({ ...certificate(), phantom: 'x' })).code).toBe(
      'PHANTOM_UNKNOWN',
    )
  })
})
