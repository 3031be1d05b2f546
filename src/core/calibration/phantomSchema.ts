import { z } from 'zod'

const label = z.string().min(1).max(8)
const range = z.tuple([z.number().positive(), z.number().positive()]).refine(([low, high]) => low <= high, {
  message: 'the lower end is above the upper end',
})
/** Rods outside these limits are no calibration rods of bone densitometry: a typing error or another unit. */
const density = z.number().min(-200).max(1500)
const waterDensity = z.number().min(800).max(1300)
/** One standard uncertainty. A certificate that is exact does not exist, so 0 is a typing error. */
const standardUncertainty = z.number().positive().max(50)

/** One rod as a phantom file states it. */
const rodSchema = z.strictObject({
  label,
  densityMgPerCm3: density,
  waterDensityMgPerCm3: waterDensity.optional(),
  densitySdMgPerCm3: standardUncertainty.optional(),
  waterDensitySdMgPerCm3: standardUncertainty.optional(),
})

const rodsSchema = z
  .array(rodSchema)
  .min(2)
  .max(12)
  .refine((rods) => new Set(rods.map((rod) => rod.label)).size === rods.length, {
    message: 'a rod label is used twice',
  })

/** One phantom model as a file states it; built-in ones say how their source was verified, a user's name it. */
const phantomWith = <Source extends z.ZodType>(source: Source) =>
  z
    .strictObject({
      id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      name: z.string().min(1),
      mineral: z.enum(['K2HPO4', 'HA', 'CaCO3']),
      equation: z.enum(['water-term', 'linear']),
      /** Serial numbers whose certificate the values were read from; empty when the source names none. */
      serials: z.array(z.string().min(1)),
      source,
      geometry: z.strictObject({ rodDiameterMm: range, rodSpacingMm: range }),
      note: z.string().min(1).optional(),
      /** In physical order, from one end of the phantom to the other. */
      rods: rodsSchema,
    })
    .refine(
      (phantom) =>
        phantom.equation === 'linear' || phantom.rods.every((rod) => rod.waterDensityMgPerCm3 !== undefined),
      { path: ['rods'], message: 'a water-term phantom needs waterDensityMgPerCm3 for every rod' },
    )

const citation = z.string().min(1)
const builtInSchema = phantomWith(z.strictObject({ citation, verification: z.enum(['V', 'V2']) }))
/** One phantom model of a user. */
export const userPhantomSchema = phantomWith(z.strictObject({ citation }))

const fileOf = <Phantom extends z.ZodType<{ readonly id: string }>>(phantom: Phantom) =>
  z.strictObject({
    schemaVersion: z.literal(1),
    phantoms: z
      .array(phantom)
      .min(1)
      .refine((phantoms) => new Set(phantoms.map(({ id }) => id)).size === phantoms.length, {
        message: 'a phantom id is used twice',
      }),
  })

/** The phantom library file. */
export const phantomLibrarySchema = fileOf(builtInSchema)
/** A file of a user's own phantom models. */
export const userPhantomFileSchema = fileOf(userPhantomSchema)

/** The certificate of one phantom, by its serial number. */
export const certificateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Id of the phantom's model in the library. */
  phantom: z.string(),
  serial: z.string().min(1),
  source: z.string().min(1),
  rods: rodsSchema,
  rodDiameterMm: z.number().min(5).max(40).optional(),
  /** Distance of neighbouring rods; not together with `rodPositionsMm`. */
  rodSpacingMm: z.number().min(5).max(120).optional(),
  /** Position of every rod along the row, in the order of `rods`. */
  rodPositionsMm: z.array(z.number().min(0).max(600)).optional(),
})

/** One phantom model as a user's file states it, or the library's. */
export type PhantomFileEntry = z.infer<typeof userPhantomSchema>
/** The certificate of one phantom as its file states it. */
export type PhantomCertificate = z.infer<typeof certificateSchema>
