import { QctError, qctWarning } from '../core/errors.ts'
import { measureTilt, planSliceStack } from '../core/geometry/sliceStack.ts'
import { SLICE_STACK_LIMITS } from '../core/geometry/sliceStackLimits.ts'
import type { Acquisition, CtFrame, GeometryVerdict } from './ctStudy.ts'

/**
 * Says what the geometry of one stack of slices allows: used as it is, resampled with a warning, or refused.
 *
 * Judged from where the slices lie. The header's gantry tilt is only compared: many files lack it, and reformats
 * keep it although they stand straight.
 *
 * @param frames - The slices in any order.
 * @param acquisition - What the headers say; its `gantryDetectorTilt` and `imageType` are looked at.
 */
export function judgeGeometry(frames: readonly CtFrame[], acquisition?: Acquisition): GeometryVerdict {
  if (acquisition?.imageType.some((value) => value.toUpperCase() === 'LOCALIZER'))
    return { status: 'refused', error: new QctError('GEOMETRY_LOCALIZER', {}) }
  const plan = planSliceStack(frames)
  if (plan instanceof QctError) return { status: 'refused', error: plan }
  const tag = acquisition?.gantryDetectorTilt
  const measured = measureTilt(frames)
  const disagrees =
    tag !== undefined && Math.abs(Math.abs(tag) - measured) > SLICE_STACK_LIMITS.tiltTagDegrees
  const warnings = disagrees
    ? [
        ...plan.warnings,
        qctWarning('GANTRY_TILT_TAG_DISAGREES', { tag, measured: Number(measured.toFixed(1)) }),
      ]
    : plan.warnings
  return { status: plan.status, geometry: plan.geometry, warnings }
}
