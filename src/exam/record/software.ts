import product from '../../../package.json' with { type: 'json' }
import { ELLIPTICAL_CYLINDER_PROTOCOL } from '../../core/spine/protocol.ts'
import type { ExamInputs } from './inputs.ts'

/** The program's name as it stands in records and reports. */
export const PRODUCT_NAME = 'Trabecula'

/** Name and version of the program and of every method that makes a number. A changed method gets a new version. */
export const SOFTWARE: ExamInputs['software'] = {
  name: PRODUCT_NAME,
  version: product.version,
  methods: {
    spineVoi: `${ELLIPTICAL_CYLINDER_PROTOCOL.id} ${ELLIPTICAL_CYLINDER_PROTOCOL.version}`,
    calibration: 'in-scan 1',
    asynchronousCalibration: 'stored line 1',
    tissueCalibration: 'effective energy 1, reference line 1',
    dualEnergyCalibration: 'two-series basis 1',
    screeningAttenuation: 'L1 at 120 kVp 1',
    roiMembership: 'voxel centre 1',
  },
}
