import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseTissueReference } from '../../src/core/calibration/tissue/tissueFiles.ts'
import type { ExamParameters } from '../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../src/demo/examTruth.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { learningExam } from '../demo/learningExam.ts'
import { scannerAt } from '../demo/statedExam.ts'
import { type CliRun, runCli, testFolder } from './runCli.ts'

/** Fourteen exams are written and measured: minutes where other programs share the machine. */
const LONG = { timeout: 600_000 }
const LEARNED = 12

const base = testFolder()
const withPhantom = join(base, 'with-phantom')
const without = join(base, 'without')
const reference = join(base, 'reference.json')
const truths = new Map<string, ExamTruth>()
let run: CliRun

async function written(folder: string, parameters: ExamParameters): Promise<void> {
  const truth = await writeExam(parameters, async (path, bytes) => {
    if (!path.startsWith('dicom/')) return
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  })
  truths.set(parameters.patient.patientId, truth)
}

const learn = (paths: readonly string[], ...options: readonly string[]) =>
  runCli(['calibration', 'learn-tissues', ...paths, '--out', reference, ...options], LONG)

beforeAll(async () => {
  for (let index = 0; index < LEARNED; index++)
    await written(join(withPhantom, String(index)), learningExam(index))
  await written(join(withPhantom, 'other'), learningExam(12, { scanner: scannerAt(100) }))
  for (const index of [20, 21, 22])
    await written(join(without, String(index)), learningExam(index, { phantom: null }))
  run = learn([withPhantom])
}, 900_000)

describe('calibration learn-tissues', () => {
  it('writes what twelve scans taught, with scanner, voltage, days and residuals, and names the one that did not serve', () => {
    expect(run.status, run.stderr).toBe(0)
    expect(run.stderr).toContain('Study 13 of 13: Looking for muscle, fat, blood and air')
    expect(run.stdout.match(/ {3}120 kVp {3}used {3}/g)).toHaveLength(LEARNED)
    expect(run.stdout).toMatch(/ {3}not used {3}TISSUE_PAIR_OTHER: .*100 kVp.*120 kVp/)
    expect(run.stdout).toContain('12 of 13 scans; Digital exam (serial DIGITAL-1), 120 kVp')
    expect(run.stdout + run.stderr).not.toMatch(/DEMO-31/)

    const text = readFileSync(reference, 'utf8')
    expect(text).not.toMatch(/DEMO-31/)
    const learned = parseTissueReference(JSON.parse(text))
    expect(learned).toMatchObject({
      origin: 'pre-calibration',
      kvp: 120,
      mineral: 'K2HPO4',
      scans: LEARNED,
      learned: {
        deviceSerial: 'DIGITAL-1',
        model: 'Digital exam',
        phantom: 'mindways-model-3',
        firstDate: '2026-03-02',
        lastDate: '2026-03-02',
      },
    })
    for (const tissue of ['air', 'adipose', 'skeletalMuscle', 'blood'] as const) {
      const residuals = learned.learned?.residualsMgPerCm3[tissue] ?? []
      expect(residuals).toHaveLength(LEARNED)
      // About their own mean they sum to nothing but rounding of doubles near 1000 mg/cm³.
      expect(Math.abs(residuals.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-9)
    }
  })

  it('calibrates other patients without a phantom within three of their own standard uncertainties', () => {
    const out = join(base, 'measured')
    const options = ['--calibration', 'tissue', '--tissue-file', reference, '--out', out, '--quiet']
    const measured = runCli(['analyze', without, ...options], LONG)
    expect(measured.status, measured.stderr + measured.stdout).toBe(0)
    const errors: number[] = []
    for (const folder of readdirSync(out).filter((name) => name !== 'cohort.csv')) {
      const { decisions, inputs, results } = parseExamRecord(
        readFileSync(join(out, folder, 'exam.json'), 'utf8'),
      )
      expect(decisions.calibration.used).toBe('tissue-precalibrated')
      expect(decisions.tissueRegions.every(({ source }) => source === 'automatic')).toBe(true)
      const exposure = truths.get(inputs.patient.patientId ?? '')?.tissue?.exposures[0]
      for (const { level, vbmdMgPerCm3, uncertaintyMgPerCm3 } of results.spine.levels) {
        const true_ = exposure?.levels.find((one) => one.level === level)?.singleEnergyVbmdMgPerCm3
        const error = (vbmdMgPerCm3 ?? Number.NaN) - (true_ ?? Number.NaN)
        // Three standard uncertainties, where 1.96 are stated: one patient in 370 lies outside.
        expect(Math.abs(error)).toBeLessThan((3 / 1.96) * (uncertaintyMgPerCm3 ?? Number.NaN))
        expect(uncertaintyMgPerCm3).toBeLessThan(15) // a wider interval would say nothing
        errors.push(error)
      }
    }
    expect(errors).toHaveLength(6)
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length
    const spread = Math.sqrt(
      errors.reduce((sum, error) => sum + (error - bias) ** 2, 0) / (errors.length - 1),
    )
    process.stdout.write(
      `tissues learned on 12: bias ${bias.toFixed(2)}, SD ${spread.toFixed(2)} mg/cm³, 6 levels\n`,
    )
    // 2 is the limit for the mean of many; the mean of three patients of SD 3 has a standard error of 1.7, three of it are 5.2.
    expect(Math.abs(bias)).toBeLessThan(2 + 5.2)
  }, 600_000)

  it('is refused on another scanner', () => {
    const json = JSON.parse(readFileSync(reference, 'utf8'))
    const moved = join(base, 'moved.json')
    writeFileSync(moved, JSON.stringify({ ...json, learned: { ...json.learned, deviceSerial: 'DIGITAL-2' } }))
    const options = [
      '--calibration',
      'tissue',
      '--tissue-file',
      moved,
      '--out',
      join(base, 'refused'),
      '--quiet',
    ]
    const refused = runCli(['analyze', join(without, '20'), ...options], LONG)
    expect(refused.status).toBe(3)
    expect(refused.stderr).toMatch(/^TISSUE_REFERENCE_OTHER_SCANNER: .*DIGITAL-2.*DIGITAL-1/m)
  }, 300_000)

  it('never replaces a file that it did not write, and writes none of too few scans', () => {
    const mine = join(base, 'mine.json')
    writeFileSync(mine, '{"my":"own"}')
    const foreign = learn([join(withPhantom, '0')], '--out', mine, '--quiet')
    expect(foreign).toMatchObject({ status: 2, stderr: expect.stringMatching(/^OUTPUT_FOREIGN: /m) })
    expect(readFileSync(mine, 'utf8')).toBe('{"my":"own"}')
    const few = join(base, 'few.json')
    const refused = learn([join(withPhantom, '0')], '--out', few, '--kvp', '100', '--quiet')
    expect(refused.status).toBe(3)
    expect(refused.stdout).toMatch(/not used {3}TISSUE_PAIR_OTHER/)
    expect(refused.stderr).toMatch(/^TISSUE_PAIRS_TOO_FEW: /m)
    expect(existsSync(few)).toBe(false)
  }, 120_000)
})
