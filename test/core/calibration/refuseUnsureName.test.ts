import { expect, it } from 'vitest'
import { refuseUnsureName } from '../../../src/core/calibration/refuseUnsureName.ts'
import { mgPerCm3 } from '../../../src/core/units.ts'
import { thrownBy } from '../../thrownBy.ts'

const phantom = { name: 'Some Phantom' }

it('refuses a phantom that fits worse than a calibration may without a warning', () => {
  const refused = thrownBy(() => refuseUnsureName(phantom, { residualSd: mgPerCm3(3.01) }))
  expect(refused.code).toBe('PHANTOM_NAME_UNSURE')
  expect(refused.message).toContain('Some Phantom')
})

it('takes one that fits, and one of two rods, which shows no residual', () => {
  refuseUnsureName(phantom, { residualSd: mgPerCm3(3) })
  refuseUnsureName(phantom, { residualSd: null })
})
