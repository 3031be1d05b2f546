import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween, displacement, distance, length, reject } from '../../../src/core/geometry/vector.ts'
import { randomExamParameters } from '../../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../../src/demo/examTruth.ts'
import { writeExam } from '../../../src/demo/writeExam.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { displacedSeed, evenStream } from './seedDisplacement.ts'
import type { SpineCase, SpineCaseLevel } from './spineCase.ts'

/** Seeds are displaced by up to this much from the middle of the body, as the issue asks. */
const SEED_DISPLACEMENT_MM = 6
/** A rod counts as found where its sample lies this near its true axis: well inside the thinnest rod's radius. */
const ROD_TOLERANCE_MM = 2

/**
 * Within this of its holder the finder may say that a rod of two was inferred (`DIM` in `faintDiscs.ts`). The number follows
 * the finder's, so this bench cannot judge whether it is a good one.
 */
const INVISIBLE_ROD_HU = 8

const main = join(import.meta.dirname, '../../../src/cli/main.ts')
const [seed, index] = process.argv.slice(2).map(Number) as [number, number]
const folder = mkdtempSync(join(tmpdir(), 'trabecula-bench-'))

try {
  const parameters = randomExamParameters(seed, index)
  const started = performance.now()
  const truth = await writeExam(parameters, async (path, bytes) => {
    const file = join(folder, 'exam', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  })
  const generated = performance.now()

  const stream = evenStream(seed * 7919 + index)
  const spine = truth.levels.map(({ level, seedLps }) => ({
    level,
    centerLps: displacedSeed(seedLps, SEED_DISPLACEMENT_MM, stream),
  }))
  writeFileSync(join(folder, 'roi.json'), JSON.stringify({ schemaVersion: 1, spine }))
  const words = ['analyze', join(folder, 'exam', 'dicom'), '--roi', join(folder, 'roi.json')]
  words.push('--levels', spine.map(({ level }) => level).join(','), '--out', join(folder, 'out'), '--quiet')
  const run = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
  const analyzed = performance.now()
  if (run.status !== 0 && run.status !== 3) throw new Error(`analyze ended with ${run.status}: ${run.stderr}`)
  const exam: ExamRecord = JSON.parse(readFileSync(join(folder, 'out', 'exam.json'), 'utf8'))

  const { levels: found } = exam.results.spine
  const codes = [...exam.results.warnings, ...found.flatMap((level) => level.warnings)].map(
    ({ code }) => code,
  )
  const { acquisition, image, scanner, phantom } = parameters
  const thick = acquisition.sliceThicknessMm > 3
  const expected = new Set<string>(['RESEARCH_USE', 'MISSING_PATIENT_FACTS'])
  if (thick) for (const code of ['SLICES_THICK', 'SLICES_THICK_FOR_VOI']) expected.add(code)
  if (scanner.kvp !== 120) expected.add('KVP_NOT_120')
  if (phantom?.id === 'siemens-osteo') expected.add('CALIBRATION_NO_RESIDUAL_CHECK')
  if (truth.phantom?.mineral === 'HA') expected.add('CATEGORY_HA_PHANTOM')
  // A rod that reads like its holder cannot be seen by anyone: saying that its place was inferred is the truth.
  const holderHu = (phantom?.holderHu ?? Number.NaN) + scanner.offsetHu
  if (truth.phantom?.rods.some((rod) => Math.abs(rod.meanHu - holderHu) < INVISIBLE_ROD_HU)) {
    expected.add('ROD_POSITION_INFERRED')
  }
  // A mean that lies near a cut point must say so; that is no fault.
  expected.add('CATEGORY_UNCERTAIN')

  // An island makes its own level uneven, and no other.
  const withIsland = new Set<string>(
    parameters.spine.levels.flatMap(({ level, boneIsland }) => (boneIsland === null ? [] : [level])),
  )
  const isFalse = (code: string, level: string | null) =>
    !expected.has(code) && !(code === 'VOI_NOT_UNIFORM' && level !== null && withIsland.has(level))
  const falseWarnings = [
    ...exam.results.warnings.filter(({ code }) => isFalse(code, null)),
    ...found.flatMap(({ level, warnings }) => warnings.filter(({ code }) => isFalse(code, level))),
  ].map(({ code }) => code)

  const rows: SpineCaseLevel[] = truth.levels.map((level) => compareLevel(exam, truth, level))
  const result: SpineCase = {
    index,
    phantom: phantom?.id ?? 'none',
    kvp: scanner.kvp,
    thicknessMm: acquisition.sliceThicknessMm,
    noiseSdHu: image.noiseSdHu,
    seconds: { generate: (generated - started) / 1000, analyze: (analyzed - generated) / 1000 },
    status: exam.status,
    refusal: exam.refusal?.code ?? null,
    phantomFound: exam.results.calibration.phantom,
    rodsRight: rodsAreRight(exam, truth),
    levels: rows,
    falseWarnings: [...new Set(falseWarnings)],
    thickSliceWarned: codes.includes('SLICES_THICK'),
  }
  console.log(JSON.stringify(result))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function compareLevel(
  exam: ExamRecord,
  truth: ExamTruth,
  level: ExamTruth['levels'][number],
): SpineCaseLevel {
  const found = exam.results.spine.levels.find((entry) => entry.level === level.level)
  const voi = exam.decisions.rois.find((roi) => roi.level === level.level)?.voi
  const slope = truth.phantom?.slopeMgPerCm3PerHu ?? Number.NaN
  const vbmd = found?.vbmdMgPerCm3 ?? null
  const error = (vbmd ?? Number.NaN) - level.vbmdMgPerCm3
  const noise = (found?.standardErrorHu ?? Number.NaN) * slope
  return {
    level: level.level,
    refusal: found?.refusal?.code ?? (found === undefined ? 'ABSENT' : null),
    truth: level.vbmdMgPerCm3,
    vbmd,
    error,
    noise,
    excess: Math.max(0, Math.abs(error) - 2 * noise),
    uncertainty: found?.uncertaintyMgPerCm3 ?? Number.NaN,
    centerMm: voi ? distance(lpsPoint(...voi.centerLps), lpsPoint(...level.voi.centerLps)) : Number.NaN,
    tiltDeg: voi ? angleBetween(lpsVector(...voi.normalLps), lpsVector(...level.voi.normalLps)) : Number.NaN,
  }
}

function rodsAreRight(exam: ExamRecord, truth: ExamTruth): boolean {
  if (truth.phantom === null || exam.results.calibration.phantom !== truth.phantom.id) return false
  const { rods } = truth.phantom
  return rods.every((rod) => {
    const found = exam.results.calibration.rods.find((candidate) => candidate.label === rod.label)
    if (found === undefined) return false
    const fromAxis = reject(
      displacement(lpsPoint(...rod.centerLps), lpsPoint(...found.centerLps)),
      lpsVector(...rod.axisLps),
    )
    return length(fromAxis) <= ROD_TOLERANCE_MM
  })
}
