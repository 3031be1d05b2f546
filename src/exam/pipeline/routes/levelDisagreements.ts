import { routeDisagreements } from '../../../core/calibration/routeDisagreements.ts'
import { mgPerCm3 } from '../../../core/units.ts'
import type { LevelResult } from '../../record/results.ts'
import type { Disagreement } from '../../record/routeResults.ts'

/** Where routes disagree at some levels, in the record's form. A value whose doubt is not known disagrees with none. */
export const levelDisagreements = (levels: readonly LevelResult[]): Disagreement[] =>
  levels.flatMap(({ level, byCalibration }) =>
    routeDisagreements(
      byCalibration.flatMap(({ route, mineral, vbmdMgPerCm3, parts }) =>
        mineral === null ||
        vbmdMgPerCm3 === null ||
        parts.noiseMgPerCm3 === null ||
        parts.calibrationMgPerCm3 === null
          ? []
          : [
              {
                route,
                mineral,
                vbmd: mgPerCm3(vbmdMgPerCm3),
                noise: mgPerCm3(parts.noiseMgPerCm3),
                calibration: mgPerCm3(parts.calibrationMgPerCm3),
              },
            ],
      ),
    ).map((found) => ({
      level,
      routes: [found.routes[0], found.routes[1]],
      kind: found.kind,
      differenceMgPerCm3: found.kind === 'differ' ? found.difference : null,
      jointMgPerCm3: found.kind === 'differ' ? found.joint : null,
      crossedCuts: found.kind === 'differ' ? [...found.crossedCuts] : [],
    })),
  )
