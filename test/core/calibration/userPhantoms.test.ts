import { describe, expect, it } from 'vitest'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { PHANTOM_LIBRARY, phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import {
  givenPhantomNotes,
  libraryWith,
  NO_USER_PHANTOMS,
  parseCertificate,
  parseUserPhantomFile,
} from '../../../src/core/calibration/userPhantoms.ts'
import { thrownBy } from '../../thrownBy.ts'
import { renderScene, scene } from './syntheticScan.ts'

const model = () => ({
  id: 'house-made',
  name: 'House made',
  mineral: 'CaCO3',
  equation: 'linear',
  serials: ['H-1'],
  source: { citation: 'weighed in our laboratory, 2024' },
  geometry: { rodDiameterMm: [14, 16], rodSpacingMm: [28, 36] },
  rods: [
    { label: 'A', densityMgPerCm3: 30 },
    { label: 'B', densityMgPerCm3: 250 },
    { label: 'C', densityMgPerCm3: 120 },
  ],
})
const file = (change: object = {}) => ({ schemaVersion: 1, phantoms: [{ ...model(), ...change }] })
const certificate = (densities: readonly number[], phantom = 'b-mas-200') => ({
  schemaVersion: 1,
  phantom,
  serial: '77',
  source: 'certificate of 2021',
  rods: densities.map((densityMgPerCm3, at) => ({ label: 'ABCDE'.charAt(at), densityMgPerCm3 })),
})

describe('phantoms of a user', () => {
  it('stand after the library, which stays as it is', () => {
    const library = libraryWith({ phantoms: parseUserPhantomFile(file()), certificates: [] })
    expect(library.slice(0, -1)).toEqual(PHANTOM_LIBRARY)
    expect(library.at(-1)).toMatchObject({ id: 'house-made', densitiesFrom: 'user file', mineral: 'CaCO3' })
    expect(libraryWith(NO_USER_PHANTOMS)).toEqual(PHANTOM_LIBRARY)
  })

  it('are found in a scan like any other', () => {
    const library = libraryWith({ phantoms: parseUserPhantomFile(file()), certificates: [] })
    const volume = renderScene(scene({ phantom: phantomById('house-made', library) }))
    const found = findRods(volume, { phantoms: library })
    expect(found.phantom.id).toBe('house-made')
    expect(givenPhantomNotes(found.phantom)).toMatchObject([
      { code: 'PHANTOM_DENSITIES_GIVEN', message: expect.stringContaining('weighed in our laboratory') },
    ])
  })

  it('with two densities swapped in the file are not found: the rods do not read so', () => {
    const rods = model().rods.map((rod, at, all) => ({
      ...rod,
      densityMgPerCm3: all[at === 1 ? 2 : at === 2 ? 1 : 0]!.densityMgPerCm3,
    }))
    const right = libraryWith({ phantoms: parseUserPhantomFile(file()), certificates: [] })
    const swapped = libraryWith({ phantoms: parseUserPhantomFile(file({ rods })), certificates: [] })
    const volume = renderScene(scene({ phantom: phantomById('house-made', right) }))
    const named = { phantoms: [phantomById('house-made', swapped)] }
    expect(thrownBy(() => findRods(volume, named)).code).toBe('RODS_NOT_FOUND')
  })

  it('may not take the id of a built-in phantom, nor of each other', () => {
    const shadow = { phantoms: parseUserPhantomFile(file({ id: 'b-mas-200' })), certificates: [] }
    expect(thrownBy(() => libraryWith(shadow))).toMatchObject({
      code: 'PHANTOM_ID_TAKEN',
      details: { id: 'b-mas-200' },
    })
    const twice = [...parseUserPhantomFile(file()), ...parseUserPhantomFile(file())]
    expect(thrownBy(() => libraryWith({ phantoms: twice, certificates: [] })).code).toBe('PHANTOM_ID_TAKEN')
  })

  it.each<[string, object]>([
    ['no density for a rod', { rods: [{ label: 'A' }, { label: 'B', densityMgPerCm3: 3 }] }],
    ['no geometry', { geometry: undefined }],
    ['no source', { source: {} }],
    ['a verification of its own', { source: { citation: 'x', verification: 'V' } }],
    ['no water density for a water-term phantom', { equation: 'water-term' }],
    [
      'water and mineral in each other’s place',
      {
        equation: 'water-term',
        mineral: 'K2HPO4',
        rods: [
          { label: 'A', densityMgPerCm3: 1012, waterDensityMgPerCm3: -52 },
          { label: 'B', densityMgPerCm3: 59, waterDensityMgPerCm3: 1104 },
        ],
      },
    ],
    ['one rod', { rods: [{ label: 'A', densityMgPerCm3: 3 }] }],
    ['a range upside down', { geometry: { rodDiameterMm: [16, 14], rodSpacingMm: [28, 36] } }],
  ])('are refused with %s', (_, change) => {
    const error = thrownBy(() => parseUserPhantomFile(file(change)))
    expect(error.code).toBe('PHANTOM_FILE_INVALID')
    expect(error.message).toContain('phantoms.0')
  })
})

describe('a certificate of a user', () => {
  const withCertificates = (...certificates: object[]) =>
    libraryWith({ phantoms: parseUserPhantomFile(file()), certificates: certificates.map(parseCertificate) })

  it('takes the place of its model’s densities, built in or the user’s own', () => {
    const library = withCertificates(
      certificate([1, 51, 99, 152, 203]),
      certificate([31, 251, 119], 'house-made'),
    )
    expect(library).toHaveLength(PHANTOM_LIBRARY.length + 1)
    const bMas = phantomById('b-mas-200', library)
    expect(bMas.rods.map(({ density }) => density)).toEqual([1, 51, 99, 152, 203])
    expect(bMas.densitiesFrom).toBe('certificate')
    expect(givenPhantomNotes(bMas)[0]?.message).toContain('77')
    expect(phantomById('house-made', library).rods[1]?.density).toBe(251)
    expect(givenPhantomNotes(phantomById('qrm-bdc-3', library))).toEqual([])
  })

  it.each<[string, () => unknown, string]>([
    ['a missing value', () => withCertificates(certificate([0, 50, 100, 150])), 'PHANTOM_FILE_INVALID'],
    [
      'two values swapped',
      () => withCertificates(certificate([0, 100, 50, 150, 200])),
      'PHANTOM_FILE_INVALID',
    ],
    [
      'all values in the other order',
      () => withCertificates(certificate([200, 150, 100, 50, 0])),
      'PHANTOM_FILE_INVALID',
    ],
    ['a model of no library', () => withCertificates(certificate([0, 50], 'other')), 'PHANTOM_UNKNOWN'],
    [
      'another for the same model',
      () => withCertificates(certificate([0, 50, 100, 150, 200]), certificate([0, 50, 100, 150, 200])),
      'PHANTOM_FILE_INVALID',
    ],
  ])('is refused with %s', (_, run, code) => {
    expect(thrownBy(run).code).toBe(code)
  })
})
