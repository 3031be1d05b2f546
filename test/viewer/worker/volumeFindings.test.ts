import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { VolumeFindings } from '../../../src/viewer/worker/volumeFindings.ts'

const voi = {
  kind: 'ellipticalCylinder',
  center: lpsPoint(0, 0, 0),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [10, 8],
  height: 9,
} as const
const line = {
  slopeMgPerCm3PerHu: 0.9,
  interceptMgPerCm3: -2,
  covariance: [1e-6, 0, 0.1] satisfies [number, number, number],
}
const none = { slopeMgPerCm3PerHu: null, interceptMgPerCm3: null, covariance: null }

describe('what a VOI under the hand is measured with', () => {
  it('is the line that made the record, where that is not of a phantom in the scan', () => {
    const findings = new VolumeFindings()
    findings.use({ method: 'asynchronous', ...line })
    expect(findings.isFitted(voi)).toBe(true)
    expect(findings.calibration(voi)).toEqual({
      slope: 0.9,
      intercept: -2,
      covariance: line.covariance,
    })
  })

  it.each(['dual-energy', 'none'] as const)('is nothing with %s', (method) => {
    const findings = new VolumeFindings()
    findings.use({ method: 'asynchronous', ...line })
    findings.use({ method, ...none })
    expect(findings.calibration(voi)).toBeNull()
  })

  it('forgets what was shown with another line', () => {
    const findings = new VolumeFindings()
    findings.use({ method: 'asynchronous', ...line })
    findings.shown.set('L1', findings.calibration(voi))
    findings.use({ method: 'asynchronous', ...line })
    expect(findings.shown.size).toBe(1)
    findings.use({ method: 'tissue-raw', ...line, slopeMgPerCm3PerHu: 0.8 })
    expect(findings.shown.size).toBe(0)
  })
})

describe('the second series of a pair', () => {
  it('is read once, and again when another one is chosen or reading it failed', async () => {
    const findings = new VolumeFindings()
    let reads = 0
    const read = async () => {
      reads += 1
      if (reads === 1) throw new Error('the file could not be read')
      return { quantity: 'HU' } as CtVolume
    }
    await expect(findings.second('1.4', read)).rejects.toThrow('could not be read')
    const first = await findings.second('1.4', read)
    expect(await findings.second('1.4', read)).toBe(first)
    expect(await findings.second('1.5', read)).not.toBe(first)
    expect(reads).toBe(3)
  })
})
