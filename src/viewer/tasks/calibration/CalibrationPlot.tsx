import { axisTicks } from '../../../core/volume/picture/axisTicks.ts'
import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult, LevelResult } from '../../../exam/record/results.ts'
import { useViewer } from '../../state/viewerStore.ts'
import type { OtherLine } from './otherLines.ts'
import { type RodPoint, rodPoints } from './rodPoints.ts'

const SIZE = { width: 360, height: 230, left: 44, right: 12, top: 10, bottom: 34 }

/** How far a thin line is drawn beyond the levels, in HU. */
const BESIDE_HU = 25

/** The line with its rods and vertebrae; the selected vertebra larger, and the one under the hand as it moves. */
export function CalibrationPlot({
  calibration,
  levels,
  others = [],
}: {
  readonly calibration: CalibrationResult
  readonly levels: readonly LevelResult[]
  /** Lines of other routes on the same mineral scale. */
  readonly others?: readonly OtherLine[]
}) {
  const selected = useViewer((state) => state.selectedLevel)
  const { slopeMgPerCm3PerHu: slope, interceptMgPerCm3: intercept } = calibration
  if (slope === null || intercept === null) return null
  const rods = rodPoints(calibration)
  const vertebrae = levels.flatMap(({ level, meanHu, vbmdMgPerCm3 }) =>
    meanHu === null || vbmdMgPerCm3 === null ? [] : [{ level, hu: meanHu, density: vbmdMgPerCm3 }],
  )
  // Other routes are shown where they would be used: over the CT numbers of the levels, and a little to both sides.
  const levelsHu = vertebrae.map(({ hu }) => hu)
  const reach = [Math.min(...levelsHu) - BESIDE_HU, Math.max(...levelsHu) + BESIDE_HU] as const
  const thin = vertebrae.length === 0 ? [] : others
  const xs = [...rods.map(({ hu }) => hu), ...levelsHu]
  const ys = [
    ...rods.map(({ densityMgPerCm3 }) => densityMgPerCm3),
    ...vertebrae.map(({ density }) => density),
    ...thin.flatMap((line) => reach.map((hu) => line.slope * hu + line.intercept)),
  ]
  const x = scaleOf(xs, SIZE.left, SIZE.width - SIZE.right)
  const y = scaleOf(ys, SIZE.height - SIZE.bottom, SIZE.top)
  const lineAt = (hu: number) => y.place(slope * hu + intercept)
  return (
    <svg
      className="plot"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="img"
      aria-label={phrase('viewer.calibration.plot')}
    >
      {x.ticks.map((tick) => (
        <g key={`x${tick}`}>
          <line
            className="plot-grid"
            x1={x.place(tick)}
            x2={x.place(tick)}
            y1={SIZE.top}
            y2={SIZE.height - SIZE.bottom}
          />
          <text x={x.place(tick)} y={SIZE.height - SIZE.bottom + 14} textAnchor="middle">
            {signed(tick)}
          </text>
        </g>
      ))}
      {y.ticks.map((tick) => (
        <g key={`y${tick}`}>
          <line
            className="plot-grid"
            x1={SIZE.left}
            x2={SIZE.width - SIZE.right}
            y1={y.place(tick)}
            y2={y.place(tick)}
          />
          <text x={SIZE.left - 5} y={y.place(tick) + 4} textAnchor="end">
            {signed(tick)}
          </text>
        </g>
      ))}
      <text x={SIZE.width - SIZE.right} y={SIZE.height - 4} textAnchor="end" className="plot-axis">
        {phrase(calibration.equation === 'water-term' ? 'figure.axis.correctedHu' : 'figure.axis.hu')}
      </text>
      <text x={SIZE.left + 6} y={SIZE.top + 10} className="plot-axis">
        mg/cm³
      </text>
      <clipPath id="plot-area">
        <rect
          x={SIZE.left}
          y={SIZE.top}
          width={SIZE.width - SIZE.left - SIZE.right}
          height={SIZE.height - SIZE.top - SIZE.bottom}
        />
      </clipPath>
      <line
        className="plot-line"
        clipPath="url(#plot-area)"
        x1={x.place(x.low)}
        x2={x.place(x.high)}
        y1={lineAt(x.low)}
        y2={lineAt(x.high)}
      />
      {thin.map((line) => (
        <line
          key={line.route}
          className="plot-other"
          data-route={line.route}
          clipPath="url(#plot-area)"
          x1={x.place(reach[0])}
          x2={x.place(reach[1])}
          y1={y.place(line.slope * reach[0] + line.intercept)}
          y2={y.place(line.slope * reach[1] + line.intercept)}
        >
          <title>{phrase(`report.route.name.${line.route}`)}</title>
        </line>
      ))}
      {rods.map(({ label, hu, densityMgPerCm3 }) => (
        <g key={label} className="plot-rod">
          <circle cx={x.place(hu)} cy={y.place(densityMgPerCm3)} r={4} />
          <text x={x.place(hu) + 7} y={y.place(densityMgPerCm3) + 12}>
            {namesNear(rods, label, (point) => x.place(point.hu))}
          </text>
        </g>
      ))}
      {vertebrae.map(({ level, hu, density }) => (
        <g key={level} className="plot-level">
          <circle cx={x.place(hu)} cy={y.place(density)} r={level === selected ? 6 : 3.5} />
          {level === selected ? (
            <text x={x.place(hu) - 9} y={y.place(density) - 6} textAnchor="end">
              {level}
            </text>
          ) : null}
        </g>
      ))}
      <LivePoint place={(hu, density) => [x.place(hu), y.place(density)]} />
    </svg>
  )
}

function LivePoint({
  place,
}: {
  readonly place: (hu: number, density: number) => readonly [number, number]
}) {
  const live = useViewer((state) => state.live)
  if (live === null || live.vbmdMgPerCm3 === null) return null
  const [cx, cy] = place(live.meanHu, live.vbmdMgPerCm3)
  return <circle className="plot-live" cx={cx} cy={cy} r={7} />
}

const signed = (value: number) => String(value).replace('-', '−')

/** Places values between two pixels, on an axis that ends on round numbers. */
function scaleOf(values: readonly number[], from: number, to: number) {
  const { low, high, ticks } = axisTicks(values, 5)
  return { low, high, ticks, place: (value: number) => from + ((value - low) / (high - low)) * (to - from) }
}

/** Points nearer to each other than this, in pixels, would write their names over each other. */
const NEAR = 14

/** The name beside a rod: those of all rods that lie on it with the first of them, nothing beside the others. */
function namesNear(rods: readonly RodPoint[], label: string, place: (rod: RodPoint) => number): string {
  const here = rods.find((rod) => rod.label === label)
  if (here === undefined) return ''
  const near = rods.filter((rod) => Math.abs(place(rod) - place(here)) < NEAR).map((rod) => rod.label)
  return near[0] === label ? near.join(', ') : ''
}
