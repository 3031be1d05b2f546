import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult } from '../../../exam/record/calibrationResult.ts'
import { Missing } from '../../ui/Reading.tsx'
import { signedNumber } from '../../ui/signedNumber.ts'

/** The tissues of a line on demand: measured, believed between, residual, and what leaving each out would change. */
export function TissueTable({ by }: { readonly by: NonNullable<CalibrationResult['tissue']> }) {
  return (
    <details>
      <summary>{phrase('viewer.tissues.table')}</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{phrase('viewer.tissues.tissue')}</th>
            <th scope="col">{phrase('viewer.tissues.measured')}</th>
            <th scope="col">{phrase('viewer.tissues.window')}</th>
            <th scope="col">{phrase('viewer.tissues.residual')}</th>
            {by.leftOut.length === 0 ? null : <th scope="col">{phrase('viewer.tissues.leftOut')}</th>}
          </tr>
        </thead>
        <tbody>
          {by.tissues.map(({ tissue, meanHu, windowHu: [low, high], residualHu }) => {
            const left = by.leftOut.find((known) => known.tissue === tissue)
            return (
              <tr key={tissue}>
                <td>{phrase(`report.tissueName.${tissue}`)}</td>
                <td>{signedNumber(meanHu, 1)}</td>
                <td>
                  {signedNumber(low, 0)} … {signedNumber(high, 0)}
                </td>
                <td>
                  {residualHu === null ? phrase('viewer.tissues.notUsed') : signedNumber(residualHu, 1, true)}
                </td>
                {by.leftOut.length === 0 ? null : (
                  <td>
                    {left?.changeMgPerCm3 == null ? (
                      <Missing reason={left?.refusal?.message ?? phrase('viewer.tissues.notUsed')} />
                    ) : (
                      signedNumber(left.changeMgPerCm3, 1, true)
                    )}
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
      {by.leftOutAtHu === null || by.leftOut.length === 0 ? null : (
        <p className="muted hint">
          {phrase('viewer.tissues.leftOutHint', { hu: by.leftOutAtHu.toFixed(0) })}
        </p>
      )}
    </details>
  )
}
