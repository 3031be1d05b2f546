import type { DoseCode } from './irradiationEvent.ts'

/** The parts of the body dose reporting names, head first. @see UC-DOSE recommendations (2012), 2.B.2.a */
export const BODY_REGIONS = ['head', 'neck', 'chest', 'abdomen', 'pelvis', 'spine', 'extremity'] as const

/** A part of the body as dose reporting names it. */
export type BodyRegion = (typeof BODY_REGIONS)[number]

/** What an anatomic area may be inferred from, the nearest to the event first. */
export const AREA_SOURCES = [
  'protocol',
  'seriesDescription',
  'studyDescription',
  'bodyPart',
  'targetRegion',
] as const

/** What an anatomic area was inferred from. */
export type AreaSource = (typeof AREA_SOURCES)[number]

/** The texts and code that may tell where an event irradiated. Empty or absent where nothing is said. */
export interface AreaClues {
  readonly protocol?: string | undefined
  readonly seriesDescription?: string | undefined
  readonly studyDescription?: string | undefined
  readonly bodyPart?: string | undefined
  readonly targetRegion?: DoseCode | undefined
}

/** Words of protocols and descriptions by the region they name. Whole words only: CAP is no cap of a word. */
const WORDS: Readonly<Record<BodyRegion, string>> = {
  head: 'head brain skull cranium cranial sinus sinuses orbit orbits face facial maxillofacial temporal mandible',
  neck: 'neck carotid carotids larynx ncap',
  chest: 'chest thorax lung lungs pulmonary embolism heart cardiac coronary mediastinum tap cap ncap',
  abdomen:
    'abdomen abdominal abd liver pancreas kidney kidneys renal adrenal kub colonography enterography abdpel tap cap ncap',
  pelvis: 'pelvis pelvic pel hip hips bladder kub colonography enterography abdpel tap cap ncap',
  spine: 'spine lspine tspine cspine lumbar vertebra vertebral vertebrae sacrum qct',
  extremity: 'extremity arm forearm wrist elbow hand shoulder humerus leg knee ankle foot tibia radius',
}

const REGIONS_OF_WORD = new Map<string, BodyRegion[]>()
for (const region of BODY_REGIONS)
  for (const word of WORDS[region].split(' '))
    REGIONS_OF_WORD.set(word, [...(REGIONS_OF_WORD.get(word) ?? []), region])

/**
 * Target regions by their codes: SRT, and every SCT code that succeeded it. "Entire body" names no area.
 * @see DICOM PS3.16 CID 4030, 4031
 */
const REGIONS_OF_CODE: Readonly<Record<string, readonly BodyRegion[]>> = {
  'T-D1100': ['head'],
  69536005: ['head'],
  'T-A0100': ['head'],
  12738006: ['head'],
  'T-11100': ['head'],
  89546000: ['head'],
  'T-D1600': ['neck'],
  45048000: ['neck'],
  'T-D1000': ['head', 'neck'],
  774007: ['head', 'neck'],
  'T-D3000': ['chest'],
  51185008: ['chest'],
  816094009: ['chest'],
  'T-D4000': ['abdomen'],
  113345001: ['abdomen'],
  818981001: ['abdomen'],
  'T-D6000': ['pelvis'],
  12921003: ['pelvis'],
  816092008: ['pelvis'],
  'R-FAB57': ['abdomen', 'pelvis'],
  416949008: ['abdomen', 'pelvis'],
  818982008: ['abdomen', 'pelvis'],
  'R-FAB55': ['chest', 'abdomen'],
  416550000: ['chest', 'abdomen'],
  'R-FAB56': ['chest', 'abdomen', 'pelvis'],
  416775004: ['chest', 'abdomen', 'pelvis'],
  'T-D04FF': ['spine'],
  421060004: ['spine'],
  'T-11501': ['spine'],
  122494005: ['spine'],
  'T-11502': ['spine'],
  122495006: ['spine'],
  'T-11503': ['spine'],
  122496007: ['spine'],
  'T-D0300': ['extremity'],
  66019005: ['extremity'],
  'T-D8000': ['extremity'],
  53120007: ['extremity'],
  'T-D9000': ['extremity'],
  61685007: ['extremity'],
}

const SNOMED_SCHEMES = new Set(['SRT', 'SCT', 'SNM3', '99SDM'])

function regionsOfText(text: string): readonly BodyRegion[] {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  const found = new Set(words.flatMap((word) => REGIONS_OF_WORD.get(word) ?? []))
  return BODY_REGIONS.filter((region) => found.has(region))
}

function regionsOfClue(clues: AreaClues, source: AreaSource): readonly BodyRegion[] {
  if (source !== 'targetRegion') return regionsOfText(clues[source] ?? '')
  const { value, scheme } = clues.targetRegion ?? { value: '', scheme: '' }
  const isKnown = SNOMED_SCHEMES.has(scheme.toUpperCase()) && Object.hasOwn(REGIONS_OF_CODE, value)
  return isKnown ? (REGIONS_OF_CODE[value] ?? []) : []
}

/** A proposed anatomic area, head first, and what it was inferred from. */
export interface InferredArea {
  readonly regions: readonly BodyRegion[]
  readonly source: AreaSource
}

/**
 * Infers the anatomic area of an event from what stands nearest to it: its protocol, then series and study
 * descriptions, then body part and target region, since scanners code a scan of the whole trunk as "abdomen". It is
 * a proposal for a person to confirm, never a fact.
 *
 * @returns Undefined when nothing names an area.
 */
export function inferAnatomicArea(clues: AreaClues): InferredArea | undefined {
  for (const source of AREA_SOURCES) {
    const regions = regionsOfClue(clues, source)
    if (regions.length > 0) return { regions, source }
  }
  return undefined
}
