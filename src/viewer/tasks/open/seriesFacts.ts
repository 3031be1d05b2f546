import { phrase } from '../../../core/words/words.ts'
import type { SeriesSummary } from '../../worker/examWorkerApi.ts'

const rounded = (value: number) => Number(value.toFixed(2))

/** What tells one series from another at a glance; what its files do not say is left out. */
export function seriesFacts({
  images,
  size,
  sliceSpacingMm,
  extentMm,
  acquisition,
}: SeriesSummary): string[] {
  const { convolutionKernel: kernel, sliceThickness, kvp } = acquisition
  return [
    phrase('viewer.open.images', { count: images }),
    ...(size === null
      ? []
      : [phrase('viewer.open.size', { columns: size[0], rows: size[1], slices: size[2] })]),
    ...(sliceThickness === undefined
      ? []
      : [phrase('viewer.open.thickness', { value: rounded(sliceThickness) })]),
    ...(sliceSpacingMm === null ? [] : [phrase('viewer.open.spacing', { value: rounded(sliceSpacingMm) })]),
    ...(extentMm === null ? [] : [phrase('viewer.open.extent', { value: Math.round(extentMm) })]),
    ...(kernel === undefined ? [] : [kernel.replaceAll('\\', ' ')]),
    ...(kvp === undefined ? [] : [phrase('viewer.check.value.kvp', { value: kvp })]),
  ]
}
