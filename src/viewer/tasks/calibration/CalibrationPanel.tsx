import { useMemo } from 'react'
import { PHANTOM_LIBRARY } from '../../../core/calibration/phantomLibrary.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import type { CalibrationResult } from '../../../exam/record/results.ts'
import type { RequestedCalibration } from '../../../exam/record/scalars.ts'
import { recordToCompare } from '../../state/comparison.ts'
import { calibrateBy } from '../../state/decisionEdits.ts'
import { startRodPicking } from '../../state/rodPicking.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DoubtList } from '../../ui/DoubtList.tsx'
import { RouteMark } from '../../ui/RouteMark.tsx'
import { CalibrationPlot } from './CalibrationPlot.tsx'
import { calibrationDoubts } from './calibrationDoubts.ts'
import { Disagreements } from './Disagreements.tsx'
import { LevelLines } from './LevelLines.tsx'
import { otherLines } from './otherLines.ts'
import { RodTable } from './RodTable.tsx'
import { RouteInputs } from './RouteInputs.tsx'
import { RouteTable } from './RouteTable.tsx'
import { Screening } from './Screening.tsx'
import './calibration.css'

/** What can be asked for, in the order of the table of routes. */
const METHODS: readonly RequestedCalibration[] = [
  'auto',
  'all',
  'in-scan',
  'asynchronous',
  'tissue',
  'dual-energy',
  'hu-only',
  'none',
]
/** Those that look for a phantom in the scan; dual energy does for its basis. */
const SEEKING: readonly RequestedCalibration[] = ['auto', 'all', 'in-scan', 'dual-energy']
const AS_FOUND = 'as-found'

/** How CT numbers become densities: every route beside the others, the used line with its rods, and how to decide. */
export function CalibrationPanel() {
  const record = useViewer((state) => state.record)
  return (
    <section className="panel">
      <h2>{phrase('viewer.calibration.title')}</h2>
      {record === null ? (
        <p className="muted">{phrase('viewer.spine.notYet')}</p>
      ) : (
        <Routes record={record} />
      )}
      <Decisions />
      <RouteInputs />
      {record === null || record.results.calibration.rods.length === 0 ? null : (
        <>
          <h3>{phrase('viewer.calibration.rods')}</h3>
          <RodTable calibration={record.results.calibration} />
          <h3>{phrase('viewer.calibration.perLevel')}</h3>
          <LevelLines
            calibrations={record.results.calibrations.filter(({ method }) => method === 'in-scan')}
          />
        </>
      )}
    </section>
  )
}

function Routes({ record }: { readonly record: ExamRecord }) {
  const comparison = useViewer((state) => state.comparison)
  const level = useViewer((state) => state.selectedLevel)
  const compared = useMemo(() => recordToCompare(record, comparison), [record, comparison])
  const { calibration, spine } = record.results
  const { lines, hasOtherScale } = otherLines(compared, calibration, level)
  return (
    <>
      {record.refusal === undefined ? null : <p className="refusal-text">✕ {record.refusal.message}</p>}
      <RouteTable record={record} compared={compared} />
      <Disagreements found={compared.results.spine.disagreements} />
      <Screening record={compared} />
      <h3>{phrase('viewer.calibration.usedLine')}</h3>
      <LineWords calibration={calibration} />
      <CalibrationPlot calibration={calibration} levels={spine.levels} others={lines} />
      {lines.length === 0 && !hasOtherScale ? null : (
        <p className="muted hint">
          {lines.length === 0
            ? ''
            : phrase('viewer.calibration.otherLines', {
                routes: lines.map(({ route }) => phrase(`report.route.name.${route}`)),
              })}{' '}
          {hasOtherScale ? phrase('viewer.calibration.otherScale') : ''}
        </p>
      )}
      <DoubtList doubts={calibrationDoubts(record)} />
    </>
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
          ? phrase(
              calibration.rods.length > 0
                ? 'viewer.calibration.noResidual'
                : 'viewer.calibration.unknownResidual',
            )
          : `${phrase('viewer.calibration.residual')} ${residual.toFixed(1)} mg/cm³`}
      </p>
      <p>
        <RouteMark route={calibration.method} />
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
        options={METHODS.map((key) => ({
          key,
          words: phrase(`viewer.calibration.${key}`),
        }))}
        onChange={(method) => decide(method, phantomRequested)}
      />
      <Choice
        label={phrase('viewer.calibration.phantom')}
        value={phantomRequested ?? AS_FOUND}
        isDisabled={!SEEKING.includes(requested)}
        options={[
          { key: AS_FOUND, words: phrase('viewer.calibration.anyPhantom') },
          ...PHANTOM_LIBRARY.map(({ id, name }) => ({ key: id, words: name })),
        ]}
        onChange={(wanted) => decide(requested, wanted === AS_FOUND ? null : wanted)}
      />
      <div className="row">
        <Button
          isDisabled={phantom === null || !SEEKING.includes(requested)}
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
