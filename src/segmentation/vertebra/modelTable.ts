/** What a model expects of every point of a fit, and how that changes with each parameter. */
export interface ModelTable {
  readonly values: Float64Array
  /** One row of `stride` numbers per point: the derivatives by the parameters that the point's block touches. */
  readonly gradients: Float64Array
  readonly stride: number
}

/** Fills a table for given parameters: all points in one call, so that no point costs a call. */
export type Model = (parameters: Float64Array, table: ModelTable) => void

/** A table to be filled by a model. */
export const modelTable = (points: number, stride: number): ModelTable => ({
  values: new Float64Array(points),
  gradients: new Float64Array(points * stride),
  stride,
})
