import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, expect, it } from 'vitest'
import { matchCalibration } from '../../src/core/calibration/asynchronous/matchCalibration.ts'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  parseStoredCalibration,
} from '../../src/core/calibration/asynchronous/storedCalibration.ts'
import type { ExamParameters } from '../../src/demo/examParameters.ts'
import { smallScan } from '../exam/phantomScan/scannedPhantom.ts'
import { emptyDataFolder } from '../registry/emptyCluster.ts'
import { runCli, testFolder } from './runCli.ts'

const base = testFolder()
let data: string
let id: string

/** Writes a digital exam by the command line, its patient left out. */
function scanned(name: string, parameters: ExamParameters): string {
  const params = join(base, `${name}.json`)
  writeFileSync(params, JSON.stringify(parameters))
  const made = runCli([
    'demo-exam',
    '--phantom-alone',
    '--params',
    params,
    '--out',
    join(base, name),
    '--quiet',
  ])
  expect(made).toMatchObject({ status: 0, stderr: '' })
  return join(base, name)
}
const calibration = (command: string, ...words: readonly string[]) =>
  runCli(['calibration', command, ...words, '--data', data])

beforeAll(async () => {
  data = await emptyDataFolder()
  const folder = scanned('first', smallScan())
  const added = calibration('add', folder, '--phantom-serial', '4560', '--quiet')
  expect(added).toMatchObject({ status: 0, stderr: '' })
  expect(added.stdout).toMatch(
    /^calibration: \S{36}\nDigital exam \(serial DIGITAL-1\), 120 kVp, phantom 4560, scanned 2026-03-02\ndensity = 0\.8\d+ · HU [+−]\d\.\d\d mg\/cm³ \(K2HPO4\); residual 0\.\d\d mg\/cm³\n$/,
  )
  id = /\S{36}/.exec(added.stdout)?.[0] ?? ''
})

it('analyses one phantom scan once', () => {
  const again = calibration('add', join(base, 'first'), '--phantom-serial', '4560', '--quiet')
  expect(again.stdout).toContain(id)
  expect(calibration('list').stdout).toBe(
    `${id}   2026-03-02   Digital exam (serial DIGITAL-1)   120 kVp   phantom 4560   no check yet\n`,
  )
})

it('exports a calibration that matches an exam of its scanner, and is refused at 100 kVp', () => {
  const { status, stdout } = calibration('export', id)
  expect(status).toBe(0)
  const stored = parseStoredCalibration(JSON.parse(stdout))
  const { deviceSerial, model } = stored.key
  const scan = { deviceSerial, model, acquisition: stored.acquisition, date: '2026-03-05' }
  const match = (kvp: number) =>
    matchCalibration(
      { ...scan, kvp: [kvp] },
      stored,
      [{ date: '2026-03-04', passed: true }],
      DEFAULT_ASYNCHRONOUS_POLICY,
    ).verdict
  expect([match(120), match(100)]).toEqual(['match', 'refuse'])
})

it('checks later scans, keeps the outcome, and ends with 3 for a failed one', () => {
  const later = smallScan({ seed: 2, studyDate: '2026-03-09' })
  const passed = calibration('check', scanned('later', later), '--quiet')
  expect(passed.stdout).toMatch(
    /^quality check of \S{36}: passed\n[\s\S]*limit: 1 % [^\n]*practice parameter/,
  )
  expect(passed.status).toBe(0)
  const drifted = smallScan({
    seed: 3,
    studyDate: '2026-03-16',
    scanner: { ...later.scanner, mineralSlopeDriftPercent: 0 },
  })
  const failed = calibration('check', scanned('drifted', drifted), '--limit', '1.5', '--quiet')
  expect(failed.stdout).toMatch(/FAILED[\s\S]*limit: 1\.5 % [^\n]*the site's own\nfault: QUALITY_DEVIATION/)
  expect(failed.status).toBe(3)
  expect(calibration('list').stdout).toContain('checked 2026-03-16: FAILED')
})

function refused(status: number, code: string, run: ReturnType<typeof runCli>): void {
  expect(run.stderr).toContain(`${code}: `)
  expect(run.status).toBe(status)
  expect(run.stdout).toBe('')
}
const add = (...words: readonly string[]) => calibration('add', '--quiet', '--phantom-serial', '1', ...words)

it('refuses a scan that is none of a kept calibration, by code, and keeps nothing of it', () => {
  const other = scanned('kvp100', smallScan({ scanner: { ...smallScan().scanner, kvp: 100 } }))
  refused(3, 'CALIBRATION_NOT_KEPT', calibration('check', other, '--quiet'))
  refused(3, 'QUALITY_OTHER_SCAN', calibration('check', join(base, 'first'), '--quiet'))
  refused(3, 'RODS_NOT_FOUND', add(join(base, 'first'), '--phantom', 'siemens-osteo'))
  expect(calibration('list').stdout.trimEnd().split('\n')).toHaveLength(1)
})

it('ends with 2 for what is wrongly named', () => {
  refused(2, 'PHANTOM_UNKNOWN', add(join(base, 'first'), '--phantom', 'catphan'))
  refused(2, 'OPTION_INVALID', add(join(base, 'first'), join(base, 'later')))
  refused(2, 'NO_CT_IMAGES', add(join(base, 'first.json')))
  refused(2, 'OPTION_INVALID', calibration('export', 'CT-17'))
  refused(2, 'CALIBRATION_UNKNOWN', calibration('export', '6f1c1c52-3c1f-4b8e-9a44-0a5b9a0f3f11'))
})

it('says that a server owns the folder', async () => {
  const main = join(import.meta.dirname, '../../src/cli/main.ts')
  const child = spawn(process.execPath, [main, 'serve', '--no-build', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const lines = createInterface({ input: child.stdout })
    await new Promise<void>((resolve) => lines.on('line', (line) => line.includes('Ctrl-C') && resolve()))
    const { status, stderr } = calibration('list')
    expect([status, stderr.includes('REGISTRY_OWNED')]).toEqual([2, true])
    const { url } = JSON.parse(readFileSync(join(data, 'owner.json'), 'utf8')) as { readonly url: string }
    const answer = await (await fetch(`${url}/api/v1/calibrations`)).json()
    expect(answer.calibrations).toMatchObject([{ calibrationId: id, lastCheck: { passed: false } }])
  } finally {
    child.kill('SIGINT')
    await once(child, 'exit')
  }
})

it('withdraws a calibration for a reason and never gives it out again', () => {
  const none = calibration('withdraw', id, '--reason', ' ')
  expect([none.status, none.stderr.includes('--reason')]).toEqual([2, true])
  const withdrawn = calibration('withdraw', id, '--reason', 'the tube was replaced')
  expect(withdrawn.status).toBe(0)
  expect(withdrawn.stdout).toMatch(/withdrawn \d{4}-\d\d-\d\d: the tube was replaced\n$/)
  expect(calibration('list').stdout).toBe('No calibration is kept.\n')
  expect(calibration('list', '--withdrawn').stdout).toContain(id)
  const exported = calibration('export', id)
  expect([exported.status, exported.stderr.includes('CALIBRATION_WITHDRAWN')]).toEqual([2, true])
})
