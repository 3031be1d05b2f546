import { PHANTOM_LIBRARY } from '../../../core/calibration/phantomLibrary.ts'
import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult } from '../../../exam/record/results.ts'
import type { RequestedCalibration } from '../../../exam/record/scalars.ts'
import { calibrateBy } from '../../state/decisionEdits.ts'
import { startRodPicking } from '../../state/rodPicking.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DoubtList } from '../../ui/DoubtList.tsx'
import { CalibrationPlot } from './CalibrationPlot.tsx'
import { calibrationDoubts } from './calibrationDoubts.ts'
import { LevelLines } from './LevelLines.tsx'
import { RodTable } from './RodTable.tsx'
import './calibration.css'

/** What can be asked for here; a record made elsewhere may hold another, which is then offered too. */
const METHODS: readonly RequestedCalibration[] = ['auto', 'in-scan', 'hu-only', 'none']
const AS_FOUND = 'as-found'

/** How CT numbers become densities: the line, the rods it was fitted to, and how to decide otherwise. */
export function CalibrationPanel() {
  const record = useViewer((state) => state.record)
  return (
    <section className="panel">
      <h2>{phrase('viewer.calibration.title')}</h2>
      {record === null ? (
        <p className="muted">{phrase('viewer.spine.notYet')}</p>
      ) : (
        <>
          <LineWords calibration={record.results.calibration} />
          <CalibrationPlot calibration={record.results.calibration} levels={record.results.spine.levels} />
          <DoubtList doubts={calibrationDoubts(record)} />
        </>
      )}
      <Decisions />
      {record === null || record.results.calibration.rods.length === 0 ? null : (
        <>
          <h3>{phrase('viewer.calibration.rods')}</h3>
          <RodTable calibration={record.results.calibration} />
          <h3>{phrase('viewer.calibration.perLevel')}</h3>
          <LevelLines calibrations={record.results.calibrations} />
        </>
      )}
    </section>
  )
}

function LineWords({ calibration }: { readonly calibration: CalibrationResult }) {
  const {
    slopeMgPerCm3PerHu: slope,
    interceptMgPerCm3: intercept,
    residualSdMgPerCm3: residual,
  } = calibration
  if (calibration.method === 'dual-energy')
    return <p className="muted">{phrase('viewer.calibration.dualEnergyLine')}</p>
  if (slope === null || intercept === null)
    return <p className="doubt-text">▲ {phrase('viewer.calibration.notCalibrated')}</p>
  const model = PHANTOM_LIBRARY.find(({ id }) => id === calibration.phantom)
  return (
    <div className="line-words">
      <p>
        <strong>
          {model?.name ?? calibration.phantom ?? phrase(`report.route.name.${calibration.method}`)}
        </strong>{' '}
        <span className="muted">{phrase(`report.mineral.${calibration.mineral ?? 'K2HPO4'}`)}</span>
      </p>
      <p>
        {phrase('viewer.calibration.line', {
          slope: slope.toFixed(4),
          intercept: `${intercept < 0 ? '−' : '+'} ${Math.abs(intercept).toFixed(1)}`,
        })}{' '}
        <span className="muted">mg/cm³</span>
      </p>
      <p className="muted">
        {residual === null
          ? phrase('viewer.calibration.noResidual')
          : `${phrase('viewer.calibration.residual')} ${residual.toFixed(1)} mg/cm³`}
      </p>
    </div>
  )
}

function Decisions() {
  const { requested, phantomRequested, phantomUsed } = useViewer(
    (state) => state.decisions.present.calibration,
  )
  const isByHand = useViewer((state) =>
    state.decisions.present.rods.some(({ source }) => source === 'roi file'),
  )
  const phantom = phantomRequested ?? phantomUsed
  const decide = (method: typeof requested, wanted: string | null) =>
    session.decide(
      phrase('viewer.edit.calibration', { choice: phrase(`viewer.calibration.${method}`) }),
      calibrateBy(method, wanted),
    )
  return (
    <div className="decisions">
      <Choice
        label={phrase('viewer.calibration.method')}
        value={requested}
        options={[...new Set([...METHODS, requested])].map((key) => ({
          key,
          words: phrase(`viewer.calibration.${key}`),
        }))}
        onChange={(method) => decide(method, phantomRequested)}
      />
      <Choice
        label={phrase('viewer.calibration.phantom')}
        value={phantomRequested ?? AS_FOUND}
        isDisabled={requested === 'none' || requested === 'hu-only'}
        options={[
          { key: AS_FOUND, words: phrase('viewer.calibration.anyPhantom') },
          ...PHANTOM_LIBRARY.map(({ id, name }) => ({ key: id, words: name })),
        ]}
        onChange={(wanted) => decide(requested, wanted === AS_FOUND ? null : wanted)}
      />
      <div className="row">
        <Button
          isDisabled={phantom === null || requested === 'none' || requested === 'hu-only'}
          onPress={() => phantom !== null && startRodPicking(phantom)}
        >
          {phrase('viewer.calibration.clickRods')}
        </Button>
        {isByHand ? (
          <Button onPress={() => decide(requested, phantomRequested)}>
            {phrase('viewer.calibration.useFound')}
          </Button>
        ) : null}
        <span className="muted">
          {phantom === null
            ? phrase('viewer.calibration.choosePhantom')
            : phrase(isByHand ? 'viewer.calibration.handRods' : 'viewer.calibration.automaticRods')}
        </span>
      </div>
    </div>
  )
}
