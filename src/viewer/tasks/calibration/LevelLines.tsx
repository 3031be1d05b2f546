import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult } from '../../../exam/record/results.ts'

/** The line of each level's own slices: beam hardening changes it along the patient. */
export function LevelLines({ calibrations }: { readonly calibrations: readonly CalibrationResult[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{phrase('viewer.calibration.level')}</th>
          <th scope="col">{phrase('viewer.calibration.slope')}</th>
          <th scope="col">{phrase('viewer.calibration.intercept')}</th>
          <th scope="col">{phrase('viewer.calibration.residual')}</th>
        </tr>
      </thead>
      <tbody>
        {calibrations.map(({ id, slopeMgPerCm3PerHu, interceptMgPerCm3, residualSdMgPerCm3 }) => (
          <tr key={id}>
            <td>{id}</td>
            <td>{slopeMgPerCm3PerHu?.toFixed(4) ?? '—'}</td>
            <td>{interceptMgPerCm3?.toFixed(1).replace('-', '−') ?? '—'}</td>
            <td>{residualSdMgPerCm3?.toFixed(1) ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
