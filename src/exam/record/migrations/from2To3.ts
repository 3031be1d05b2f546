import type { Migration } from './migration.ts'

type Json = Readonly<Record<string, unknown>>

/** What version 3 adds to a calibration. */
const NO_OTHER_SOURCE = { asynchronous: null, tissue: null, dualEnergy: null, citations: [] }

/**
 * Version 3 holds every calibration route beside the others: what was given for them, why one was used, what each made
 * of each level, the screening attenuation, and where routes disagree. A record of version 2 knew the phantom in the
 * scan alone; nothing is computed for it anew. Each signature says in which version it was made.
 */
export const from2To3: Migration = (record) => {
  const decisions = member(record, 'decisions')
  const calibration = member(decisions, 'calibration')
  const results = member(record, 'results')
  const spine = member(results, 'spine')
  const mineral = member(results, 'calibration').mineral ?? null
  return {
    ...record,
    decisions: {
      ...decisions,
      calibration: {
        ...calibration,
        why: whyOf(calibration),
        asynchronous: null,
        tissue: null,
        dualEnergy: null,
        userPhantoms: null,
      },
      tissueRegions: [],
    },
    results: {
      ...results,
      calibration: { ...member(results, 'calibration'), ...NO_OTHER_SOURCE },
      calibrations: list(results.calibrations).map((entry) => ({ ...entry, ...NO_OTHER_SOURCE })),
      routes:
        calibration.used === 'in-scan'
          ? [{ route: 'in-scan', status: 'done', refusal: null, warnings: [], reasons: [] }]
          : [],
      spine: {
        ...spine,
        levels: list(spine.levels).map((level) => ({
          ...level,
          byCalibration: byCalibration(level, mineral),
        })),
        screening: null,
        disagreements: [],
      },
    },
    signatures: list(record.signatures).map((signature) => ({ ...signature, schemaVersion: 2 })),
  }
}

function whyOf({ requested, used }: Json): string {
  if (requested !== 'auto') return 'asked for'
  return used === 'in-scan' ? 'only one' : 'none calibrates'
}

const byCalibration = ({ calibration, vbmdMgPerCm3, uncertaintyMgPerCm3 }: Json, mineral: unknown) =>
  typeof vbmdMgPerCm3 !== 'number'
    ? []
    : [
        {
          route: 'in-scan',
          calibration,
          mineral,
          vbmdMgPerCm3,
          uncertaintyMgPerCm3,
          parts: {
            noiseMgPerCm3: null,
            calibrationMgPerCm3: null,
            certificateMgPerCm3: null,
            rodNoiseMgPerCm3: null,
            rodPlacementMgPerCm3: null,
            fitMgPerCm3: null,
            driftMgPerCm3: null,
          },
          refusal: null,
          warnings: [],
        },
      ]

/**
 * A record that was migrated from version 2 as it stood in that version, to the byte of its canonical form: all that
 * the migration added is taken away. What was signed then can so be proved unchanged.
 */
export function asVersion2(record: Json): Json {
  const decisions = member(record, 'decisions')
  const results = member(record, 'results')
  const spine = member(results, 'spine')
  return {
    ...record,
    schemaVersion: 2,
    decisions: {
      ...without(decisions, ['tissueRegions']),
      calibration: without(member(decisions, 'calibration'), [
        'why',
        'asynchronous',
        'tissue',
        'dualEnergy',
        'userPhantoms',
      ]),
    },
    results: {
      ...without(results, ['routes']),
      calibration: without(member(results, 'calibration'), Object.keys(NO_OTHER_SOURCE)),
      calibrations: list(results.calibrations).map((entry) => without(entry, Object.keys(NO_OTHER_SOURCE))),
      spine: {
        ...without(spine, ['screening', 'disagreements']),
        levels: list(spine.levels).map((level) => without(level, ['byCalibration'])),
      },
    },
    signatures: list(record.signatures).map((signature) => without(signature, ['schemaVersion'])),
  }
}

const without = (json: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)))

/** A member that is an object; anything else is left for the schema to refuse. */
function member(json: Json, key: string): Json {
  const value = json[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** The objects of a list. */
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : [])
