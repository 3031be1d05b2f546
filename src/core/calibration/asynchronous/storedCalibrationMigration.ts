/** The schema version of the calibrations this program writes. */
export const STORED_CALIBRATION_VERSION = 2

/**
 * Brings the JSON of a stored calibration of an earlier version to the current one; anything else is left as it is, for the
 * schema to judge. Version 2 adds how the calibration came to be, which version 1 did not keep.
 */
export function migrateStoredCalibration(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  const { schemaVersion } = json as { readonly schemaVersion?: unknown }
  if (schemaVersion !== 1 || 'origin' in json) return json
  return { ...json, schemaVersion: STORED_CALIBRATION_VERSION, origin: null }
}
