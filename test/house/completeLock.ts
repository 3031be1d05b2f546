import { readFileSync, writeFileSync } from 'node:fs'

interface LockedPackage {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
interface Lock {
  packages: Record<string, LockedPackage>
}

const nameIn = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
const PLATFORM =
  /(android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|ia32|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/

/**
 * Optional packages for other platforms that the lock does not hold.
 *
 * npm leaves them out when the registry it asked has no binary for that platform, and `npm ci` then refuses the lock
 * everywhere. See decision 0007.
 */
export function missingFromLock(lock: Lock): Record<string, LockedPackage> {
  const known = new Set(Object.keys(lock.packages).map(nameIn))
  const missing: Record<string, LockedPackage> = {}
  for (const { dev, optionalDependencies = {} } of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const [, os, cpu, abi] = PLATFORM.exec(name) ?? []
      if (known.has(name) || os === undefined || cpu === undefined || !/^\d/.test(version)) continue
      const libc = os === 'linux' && abi ? { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] } : {}
      missing[`node_modules/${name}`] = {
        version,
        cpu: [cpu],
        ...(dev && { dev }),
        ...libc,
        optional: true,
        os: [os],
      }
    }
  }
  return missing
}

if (import.meta.main) {
  const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const { '': root, ...rest } = { ...lock.packages, ...missingFromLock(lock) }
  const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = { ...(root && { '': root }), ...Object.fromEntries(sorted) }
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
}
