import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AnalyzeOptions, requestOf } from '../../src/cli/analyze/analyzeOptions.ts'

const plain: AnalyzeOptions = { calibration: 'auto', out: 'out', resume: true }
const folder = mkdtempSync(join(tmpdir(), 'trabecula-phantoms-'))
const file = (name: string, content: object) => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const own = file('own.json', {
  schemaVersion: 1,
  phantoms: [
    {
      id: 'own',
      name: 'Own',
      mineral: 'HA',
      equation: 'linear',
      serials: [],
      source: { citation: 'ours' },
      geometry: { rodDiameterMm: [12, 14], rodSpacingMm: [30, 34] },
      rods: [
        { label: 'A', densityMgPerCm3: 0 },
        { label: 'B', densityMgPerCm3: 90 },
        { label: 'C', densityMgPerCm3: 210 },
      ],
    },
  ],
})
const certificateOf = (phantom: string, ...densities: number[]) =>
  file(`${phantom}-${densities.join('-')}.json`, {
    schemaVersion: 1,
    phantom,
    serial: '5',
    source: 'its certificate',
    rods: densities.map((densityMgPerCm3, at) => ({ label: 'ABCDE'.charAt(at), densityMgPerCm3 })),
  })

describe('the phantom options of analyze', () => {
  it('add models and a certificate to the request, which may name them', () => {
    const { request } = requestOf({
      ...plain,
      phantomFile: [own],
      certificate: certificateOf('own', 1, 92, 208),
      phantom: 'own',
    })
    expect(request.phantom).toBe('own')
    expect(request.userPhantoms.phantoms.map(({ id }) => id)).toEqual(['own'])
    expect(request.userPhantoms.certificates[0]?.rods[1]?.densityMgPerCm3).toBe(92)
  })

  it.each<[Partial<AnalyzeOptions>, string]>([
    [{ phantom: 'own' }, 'PHANTOM_UNKNOWN'],
    [{ phantomFile: [own, own] }, 'PHANTOM_ID_TAKEN'],
    [{ certificate: certificateOf('siemens-osteo', 200, 0) }, 'PHANTOM_FILE_INVALID'],
    [{ certificate: certificateOf('siemens-osteo', 0) }, 'PHANTOM_FILE_INVALID'],
    [{ certificate: certificateOf('own', 0, 90, 210) }, 'PHANTOM_UNKNOWN'],
    [{ certificate: join(folder, 'none.json') }, 'INPUT_NOT_READABLE'],
  ])('%j is refused with %s', (options, code) => {
    expect(() => requestOf({ ...plain, ...options })).toThrow(expect.objectContaining({ code }))
  })
})
