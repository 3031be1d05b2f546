declare const space: unique symbol
type Triple<S extends string> = readonly [number, number, number] & { readonly [space]: S }

/**
 * A point of the patient's world: x to the patient's left, y to the back (posterior), z to the head (superior), in mm.
 * The one coordinate space in which ROIs, rods and landmarks are stored.
 * @see DICOM PS3.3 C.7.6.2.1.1
 */
export type LpsPoint = Triple<'LPS point, mm'>
/** A direction or displacement in the patient's world. Directions have unit length; displacements are in mm. */
export type LpsVector = Triple<'LPS vector'>
/**
 * A position on a voxel grid: column i, row j, slice k. Whole numbers are pixel centres: (0, 0, 0) is the centre
 * of the first voxel, so the first voxel reaches from −0.5 to 0.5.
 */
export type IndexPoint = Triple<'index'>

/** Reads three numbers as a point in LPS mm. */
export const lpsPoint = (x: number, y: number, z: number) => [x, y, z] as unknown as LpsPoint
/** Reads three numbers as a direction or displacement in LPS. */
export const lpsVector = (x: number, y: number, z: number) => [x, y, z] as unknown as LpsVector
/** Reads three numbers as column, row, slice. */
export const indexPoint = (i: number, j: number, k: number) => [i, j, k] as unknown as IndexPoint
