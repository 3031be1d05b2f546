import { cross, scale, translate } from '../../core/geometry/vector.ts'
import { hu, mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { PALETTE } from '../../core/volume/picture/color.ts'
import { planePicture } from '../../core/volume/picture/planePicture.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { LevelPicture } from './examWorkerApi.ts'
import { voiBody } from './voiBody.ts'

const WINDOW = { center: hu(300), width: hu(1200) }
/** 64 mm wide: one body with its discs. */
const SIZE = { width: 128, height: 96, spacing: 0.5 }
/** The body's middle lies behind the VOI's. */
const LOOK_BEHIND_MM = 8

/** The sagittal plane through the VOI of every level that has one, small. */
export function levelPictures(record: ExamRecord, volume: CtVolume): LevelPicture[] {
  return record.decisions.rois.flatMap(({ level, voi, placement }): LevelPicture[] => {
    if (voi === null) return []
    const roi = voiBody(voi)
    const cranial = roi.normal[2] < 0 ? scale(roi.normal, -1) : roi.normal
    const left = roi.lateral[0] < 0 ? scale(roi.lateral, -1) : roi.lateral
    const posterior = cross(cranial, left)
    const { width, height, rgba } = planePicture(
      volume,
      {
        plane: {
          center: translate(roi.center, posterior, LOOK_BEHIND_MM),
          right: posterior,
          down: scale(cranial, -1),
        },
        pixelSpacing: mm(SIZE.spacing),
        width: SIZE.width,
        height: SIZE.height,
        name: '',
      },
      WINDOW,
      [{ kind: 'roi', roi, color: PALETTE.vertebra, dashed: placement !== 'edited', tint: 0.15 }],
    )
    return [{ level, picture: { width, height, rgba: new Uint8ClampedArray(rgba) } }]
  })
}
