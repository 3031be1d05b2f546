import { WATER_TERM } from '../../core/calibration/fitCalibration.ts'
import { phantomName } from '../../core/report/phantomName.ts'
import { SPINE_CATEGORY_CUTS } from '../../core/spine/spineCategory.ts'
import { PALETTE } from '../../core/volume/picture/color.ts'
import type { Picture } from '../../core/volume/picture/picture.ts'
import { type PlotPoint, plotPicture } from '../../core/volume/picture/plot.ts'
import { phrase } from '../../core/words/words.ts'
import type { CalibrationResult, SpineResult } from '../record/results.ts'
import { framedFigure } from './figureFrame.ts'

const SIZE = { width: 820, height: 560 }

/**
 * The line from CT number to density with the rods it was fitted to, and the measured vertebrae on it.
 *
 * Rods of a water-term phantom are not water plus mineral. They are drawn at the CT number that water plus their
 * mineral would have shown, so that their distance from the line is the residual of the fit.
 */
export function calibrationFigure(
  calibration: CalibrationResult & {
    readonly slopeMgPerCm3PerHu: number
    readonly interceptMgPerCm3: number
  },
  spine: SpineResult,
  footer: string,
): Picture {
  const { slopeMgPerCm3PerHu: slope, interceptMgPerCm3: intercept, residualSdMgPerCm3, mineral } = calibration
  const sign = intercept < 0 ? '−' : '+'
  const residual =
    residualSdMgPerCm3 === null
      ? phrase('figure.noResidual')
      : phrase('figure.residual', { sd: residualSdMgPerCm3.toFixed(1) })
  const picture = plotPicture(
    {
      title: phrase('figure.line', {
        slope: slope.toFixed(4),
        intercept: `${sign} ${Math.abs(intercept).toFixed(1)}`,
        residual,
      }),
      xLabel: phrase(calibration.equation === 'water-term' ? 'figure.axis.correctedHu' : 'figure.axis.hu'),
      yLabel: phrase('figure.axis.density', { mineral: phrase(`report.mineral.${mineral ?? 'K2HPO4'}`) }),
      points: [
        ...withJointLabels(calibration.rods.map((rod) => rodPoint(rod, calibration.equation))),
        ...withJointLabels(spine.levels.flatMap(levelPoint)),
      ],
      line: { slope, intercept, label: '' },
      cuts:
        spine.category === null
          ? []
          : SPINE_CATEGORY_CUTS.map((cut) => ({ y: cut, label: phrase('figure.cut', { cut }) })),
      caption: phrase('figure.calibrationCaption'),
    },
    SIZE.width,
    SIZE.height,
  )
  return framedFigure(
    [
      { text: phrase('figure.calibration') },
      { text: `   ${phantomName(calibration.phantom)}`, isMuted: true },
    ],
    [{ picture, x: 0, y: 0 }],
    footer,
  )
}

/** Points nearer to each other than this share of the CT numbers shown would write their names over each other. */
const NEAR_SHARE = 0.04

/** Points so near to one another that they share one name: `L1, L2`. */
function withJointLabels(points: readonly PlotPoint[]): PlotPoint[] {
  const values = points.map(({ x }) => x)
  const near = NEAR_SHARE * Math.max(500, Math.max(...values) - Math.min(...values))
  const hosts: PlotPoint[] = []
  const guests = new Map<PlotPoint, string[]>()
  for (const point of points) {
    const host = hosts.find(({ x }) => Math.abs(x - point.x) < near)
    if (host === undefined) hosts.push(point)
    guests.set(host ?? point, [...(guests.get(host ?? point) ?? []), point.label ?? ''])
  }
  return points.map(({ label: _, ...point }, index) => {
    const names = guests.get(points[index] as PlotPoint)
    return names === undefined ? point : { ...point, label: names.join(', ') }
  })
}

function rodPoint(
  rod: CalibrationResult['rods'][number],
  equation: CalibrationResult['equation'],
): PlotPoint {
  const water =
    equation === 'water-term' && rod.waterDensityMgPerCm3 !== null
      ? rod.waterDensityMgPerCm3 - WATER_TERM.offset + WATER_TERM.slope * rod.densityMgPerCm3
      : 0
  return { x: rod.meanHu - water, y: rod.densityMgPerCm3, label: rod.label, color: PALETTE.rods }
}

const levelPoint = ({
  level,
  meanHu,
  vbmdMgPerCm3,
  uncertaintyMgPerCm3,
}: SpineResult['levels'][number]): PlotPoint[] =>
  meanHu === null || vbmdMgPerCm3 === null
    ? []
    : [
        {
          x: meanHu,
          y: vbmdMgPerCm3,
          yError: uncertaintyMgPerCm3 ?? 0,
          label: level,
          color: PALETTE.vertebra,
        },
      ]
