import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult } from '../../../exam/record/results.ts'
import { signedNumber } from '../../ui/signedNumber.ts'
import { rodPoints } from './rodPoints.ts'

/** Every rod as measured and as certified, and how far it lies off the line. */
export function RodTable({ calibration }: { readonly calibration: CalibrationResult }) {
  const points = rodPoints(calibration)
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{phrase('viewer.calibration.rod')}</th>
          <th scope="col">{phrase('viewer.calibration.ctNumber')} HU</th>
          <th scope="col">{phrase('viewer.calibration.sd')}</th>
          <th scope="col">{phrase('viewer.calibration.se')}</th>
          <th scope="col">{phrase('viewer.calibration.voxels')}</th>
          <th scope="col">{phrase('viewer.calibration.density')} mg/cm³</th>
          <th scope="col">{phrase('viewer.calibration.deviation')}</th>
        </tr>
      </thead>
      <tbody>
        {calibration.rods.map((rod) => {
          const off = points.find(({ label }) => label === rod.label)?.offLine ?? null
          return (
            <tr key={rod.label}>
              <td>{rod.label}</td>
              <td>{signedNumber(rod.meanHu, 1)}</td>
              <td>{rod.sdHu.toFixed(1)}</td>
              <td>{rod.standardErrorHu.toFixed(2)}</td>
              <td>{rod.n}</td>
              <td>{signedNumber(rod.densityMgPerCm3, 1)}</td>
              <td>{off === null ? '—' : signedNumber(off, 1)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
