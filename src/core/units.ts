declare const unit: unique symbol

/** A number that carries its unit in the type. It costs nothing at run time. */
export type Quantity<U extends string> = number & { readonly [unit]: U }

/** CT number, in Hounsfield units. */
export type Hu = Quantity<'HU'>
/** Mass density of a reference mineral, in mg/cm³. Which mineral is named beside it. */
export type MgPerCm3 = Quantity<'mg/cm³'>
/** Length in millimetres. */
export type Mm = Quantity<'mm'>
/** Angle in degrees. */
export type Degrees = Quantity<'°'>
/** X-ray tube voltage, in kilovolt peak. */
export type Kvp = Quantity<'kVp'>

/** Reads a bare number as a CT number in HU. */
export const hu = (value: number) => value as Hu
/** Reads a bare number as a density in mg/cm³. */
export const mgPerCm3 = (value: number) => value as MgPerCm3
/** Reads a bare number as a length in mm. */
export const mm = (value: number) => value as Mm
/** Reads a bare number as an angle in degrees. */
export const degrees = (value: number) => value as Degrees
/** Reads a bare number as a tube voltage in kVp. */
export const kvp = (value: number) => value as Kvp

/** The mineral on whose scale a density is stated. Densities on two scales are never compared directly. */
export type Mineral = 'K2HPO4' | 'HA' | 'CaCO3'

/** Vertebral level, as in DICOM CID 4034 vertebra names. */
export type VertebralLevel = 'T12' | 'L1' | 'L2' | 'L3' | 'L4' | 'L5'

/** The levels the spine measurement knows, cranial first. */
export const VERTEBRAL_LEVELS: readonly VertebralLevel[] = ['T12', 'L1', 'L2', 'L3', 'L4', 'L5']
