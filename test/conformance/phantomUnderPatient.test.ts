import { expect, it } from 'vitest'
import { isRight, lookOf, onePose } from '../benchmark/phantomUnderPatient/onePose.ts'
import { DIGITAL_PHANTOMS } from '../benchmark/phantomUnderPatient/phantomTypes.ts'
import { POSE_KINDS } from '../benchmark/phantomUnderPatient/poses.ts'
import { describeExternal } from './external.ts'
import { realVolumes } from './realVolumes.ts'

describeExternal('real-data', 'a digital phantom laid under or beside a real patient', () => {
  it('takes its blur and its noise from the scan', async () => {
    const [patient] = await realVolumes('acrin-abdomen')
    const { blur, noise } = lookOf(patient!)
    // A soft kernel on pixels of 0.98 mm: neither sharper than a pixel's own box (SD 0.28 mm) nor a smear.
    expect(blur).toBeGreaterThan(0.5)
    expect(blur).toBeLessThan(1.5)
    // An attenuation scan of low dose; the bench's noise must not be that of a smooth picture.
    expect(noise.sd).toBeGreaterThan(8)
    expect(noise.sd).toBeLessThan(30)
  })

  // Of each type one pose, all four kinds among them; all ten of each: npm run bench -- phantom-under-patient
  it('is named, in its place, and calibrates', async () => {
    const [patient] = await realVolumes('acrin-abdomen')
    const look = lookOf(patient!)
    const indices = [0, 5, 7, 8, 9, 3, 6]
    expect(new Set(indices.map((index) => POSE_KINDS[index]))).toEqual(new Set(POSE_KINDS))
    for (const [at, phantom] of DIGITAL_PHANTOMS.entries()) {
      const outcome = onePose(patient!, look, phantom, indices[at]!, 7)
      expect(isRight(outcome), JSON.stringify(outcome)).toBe(true)
    }
  })
})
