/** Failures of registry and server, and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface ServerErrorDetails {
  REGISTRY_OWNED: { readonly folder: string; readonly pid: number; readonly url: string }
  REGISTRY_FOLDER_UNUSABLE: { readonly folder: string; readonly reason: string }
  REGISTRY_ENGINE_DIFFERS: {
    readonly found: number
    readonly needed: number
    readonly writtenBy: string
    readonly command: string
  }
  REGISTRY_TOO_NEW: { readonly migration: string }
  REGISTRY_UNREACHABLE: { readonly reason: string }
  REGISTRY_DISK_FULL: { readonly folder: string; readonly freeMib: number; readonly neededMib: number }
  REGISTRY_NOT_EMPTY: { readonly exams: number; readonly calibrations: number }
  REGISTRY_DAMAGED: { readonly problem: string }
  BACKUP_INVALID: { readonly problem: string }
  BACKUP_TOO_NEW: { readonly migration: string }
  EXAM_UNKNOWN: Readonly<Record<string, never>>
  CALIBRATION_UNKNOWN: Readonly<Record<string, never>>
  CALIBRATION_WITHDRAWN: { readonly day: string }
  CALIBRATION_NOT_KEPT: {
    readonly deviceSerial: string
    readonly model: string
    readonly kvp: number
    readonly phantomSerial: string
  }
  EXAM_VERSION_CONFLICT: { readonly basedOnVersion: number; readonly currentVersion: number }
  EXAM_SIGNED: { readonly version: number }
  RECORD_HASH_DIFFERS: Readonly<Record<string, never>>
  DEMO_FILE_UNKNOWN: Readonly<Record<string, never>>
  DEMO_EXAM_FAILED: { readonly reason: string }
  SERVER_PORT_TAKEN: { readonly port: number; readonly reason: string }
  OWNER_ANSWER_INVALID: { readonly url: string; readonly status: number }
  REQUEST_INVALID: { readonly path: string; readonly problem: string }
  REQUEST_TOO_LARGE: Readonly<Record<string, never>>
  REQUEST_REFUSED: { readonly problem: string }
  ROUTE_UNKNOWN: Readonly<Record<string, never>>
  TOKEN_NEEDED: Readonly<Record<string, never>>
  VIEWER_BUILD_FAILED: { readonly reason: string }
}
