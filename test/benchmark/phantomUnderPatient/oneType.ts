import { findRods } from '../../../src/core/calibration/findRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { realVolumes } from '../../conformance/realVolumes.ts'
import { lookOf, onePose } from './onePose.ts'
import { DIGITAL_PHANTOMS } from './phantomTypes.ts'

/** All poses of one phantom type, a line of JSON each; or what is found in a scan without a phantom. */
const [what, second = '', third = '1'] = process.argv.slice(2)

if (what === 'none') {
  for (const volume of await realVolumes(second)) {
    try {
      console.log(findRods(volume).phantom.id)
    } catch (error) {
      if (!(error instanceof QctError)) throw error
      console.log(error.code)
    }
  }
} else {
  const [patient] = await realVolumes('acrin-abdomen')
  const phantom = DIGITAL_PHANTOMS.find(({ id }) => id === what)
  if (patient === undefined || phantom === undefined) throw new Error(`no scan, or no phantom ${what}`)
  const look = lookOf(patient)
  console.error(`blur SD ${look.blur.toFixed(2)} mm, noise SD ${look.noise.sd.toFixed(1)} HU`)
  for (let index = 0; index < Number(second); index++)
    console.log(JSON.stringify(onePose(patient, look, phantom, index, Number(third))))
}
