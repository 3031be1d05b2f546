import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ctSlice } from './ctFiles.ts'
import { runCli, testFolder } from './runCli.ts'

/** Two patients in one folder under the same study UID, as a careless export has them, and a file that is no image. */
function twoPatients() {
  const base = testFolder()
  const folder = join(base, 'in')
  mkdirSync(folder)
  for (const patientId of ['P1', 'P2'])
    for (let z = 0; z < 4; z += 1)
      writeFileSync(
        join(folder, `${patientId}-${z}`),
        ctSlice({ patientId, seriesUid: `1.2.3.${patientId === 'P1' ? 4 : 5}`, z }),
      )
  writeFileSync(join(folder, 'readme.txt'), 'text')
  return { base, folder, out: join(base, 'out') }
}

const studies = (out: string) => readdirSync(out).filter((name) => name !== 'cohort.csv')

describe('several studies in one call', () => {
  it('get a folder each without the patient in its name, a line each in cohort.csv, and are left by a second run', () => {
    const { folder, out } = twoPatients()
    const first = runCli(['analyze', folder, '--out', out, '--quiet'])
    // Sixteen-pixel stacks hold no spine: both are refused, and neither stops the other.
    expect(first.status).toBe(3)
    const names = studies(out)
    expect(names).toHaveLength(2)
    for (const name of names) {
      expect(name).toMatch(/^2026-03-01_[0-9a-f]{8}$/)
      const exam = JSON.parse(readFileSync(join(out, name, 'exam.json'), 'utf8'))
      expect(exam.status).toBe('refused')
      expect(exam.inputs.study.setAside).toHaveLength(1)
      expect(readFileSync(join(out, name, 'report.txt'), 'utf8')).toContain(exam.refusal.code)
    }
    const lines = readFileSync(join(out, 'cohort.csv'), 'utf8').trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    for (const line of lines.slice(1)) expect(line).toMatch(/,refused,[A-Z_]+,/)
    expect(first.stderr + first.stdout).not.toMatch(/P1|P2|Name/)

    const [kept, lost] = names as [string, string]
    const time = statSync(join(out, kept, 'exam.json')).mtimeMs
    rmSync(join(out, lost), { recursive: true })
    const second = runCli(['analyze', folder, '--out', out, '--quiet'])
    expect(second.stdout).toContain(`${kept}: already measured`)
    expect(statSync(join(out, kept, 'exam.json')).mtimeMs).toBe(time)
    expect(studies(out).sort()).toEqual([...names].sort())

    const third = runCli(['analyze', folder, '--out', out, '--quiet', '--calibration', 'none'])
    expect(third.stdout).not.toContain('already measured') // another request is another result
  })

  it('are not given one ROI file or one patient file, and one of them can be chosen by its series', () => {
    const { base, folder, out } = twoPatients()
    const patient = join(base, 'patient.json')
    writeFileSync(patient, '{"sex":"F"}')
    const both = runCli(['analyze', folder, '--out', out, '--quiet', '--patient', patient])
    expect(both).toMatchObject({ status: 2, stderr: expect.stringMatching(/^OPTION_INVALID: .*--patient/m) })
    const one = runCli([
      'analyze',
      folder,
      '--out',
      out,
      '--quiet',
      '--patient',
      patient,
      '--series',
      '1.2.3.5',
    ])
    expect(one.status).toBe(3)
    expect(JSON.parse(readFileSync(join(out, 'exam.json'), 'utf8')).inputs.patient.patientId).toBe('P2')
    const none = runCli(['analyze', folder, '--out', join(base, 'none'), '--quiet', '--series', '9.9'])
    expect(none).toMatchObject({ status: 2, stderr: expect.stringMatching(/^SERIES_UNKNOWN: /m) })
  })

  it('go on when the folder of one cannot be used, and never replace a foreign table', () => {
    const { base, folder, out } = twoPatients()
    runCli(['analyze', folder, '--out', out, '--quiet'])
    const [taken, other] = studies(out) as [string, string]
    const again = join(base, 'again')
    mkdirSync(join(again, taken), { recursive: true })
    cpSync(join(folder, 'readme.txt'), join(again, taken, 'report.txt'))
    expect(runCli(['analyze', folder, '--out', again, '--quiet']).status).toBe(3)
    expect(readFileSync(join(again, 'cohort.csv'), 'utf8')).toContain(`${taken},failed,OUTPUT_FOREIGN`)
    expect(readFileSync(join(again, taken, 'report.txt'), 'utf8')).toBe('text')
    expect(readdirSync(join(again, other))).toContain('exam.json')

    writeFileSync(join(again, 'cohort.csv'), 'my own table')
    const refused = runCli(['analyze', folder, '--out', again, '--quiet'])
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/^OUTPUT_FOREIGN: /m) })
    expect(readFileSync(join(again, 'cohort.csv'), 'utf8')).toBe('my own table')
  })
})
