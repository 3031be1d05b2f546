import { join } from 'node:path'
import { hasExternal } from '../conformance/external.ts'
import { inParallel, runChild } from './childProcesses.ts'
import { isRight, type PoseOutcome } from './phantomUnderPatient/onePose.ts'
import { DIGITAL_PHANTOMS } from './phantomUnderPatient/phantomTypes.ts'
import { POSE_KINDS } from './phantomUnderPatient/poses.ts'
import type { Bench } from './run.ts'

/** Real scans without a phantom, in which none may be found. */
const WITHOUT = ['acrin-abdomen', 'totalseg-example/example_ct.nii.gz', 'sts-036-left-hip']

/**
 * A digital phantom of every type laid under and beside a real patient, with the blur and the noise of that scan:
 * named, in its place, calibrating; and none found in real scans without one. `--n`: poses of each type.
 */
const phantomUnderPatient: Bench = async ({ n = POSE_KINDS.length, seed = 1, jobs = 2 }) => {
  if (!hasExternal('real-data')) {
    console.log('skipped: the scans are found through QCT_REAL_DATA, which names no folder here')
    return true
  }
  console.log(`phantom-under-patient: ${n} poses of each phantom, seed ${seed}\n`)
  const child = async (...words: string[]) => {
    const script = join(import.meta.dirname, 'phantomUnderPatient', 'oneType.ts')
    const { stdout, stderr, status } = await runChild([script, ...words])
    if (status !== 0) throw new Error(`${words.join(' ')} failed: ${stderr}`)
    return stdout.trim().split('\n')
  }
  const outcomes = await inParallel(DIGITAL_PHANTOMS, jobs, async ({ id }) => {
    const poses = (await child(id, String(n), String(seed))).map((text): PoseOutcome => JSON.parse(text))
    for (const pose of poses) console.log(line(pose))
    return poses
  })
  const all = outcomes.flat()
  const right = all.filter(isRight).length
  const bare = await inParallel(WITHOUT, jobs, async (path) => (await child('none', path)).join(' '))
  const isClean = bare.every((outcome) => outcome.split(' ').every((code) => code === 'RODS_NOT_FOUND'))
  console.log()
  console.log(
    `${right === all.length ? 'held  ' : 'BROKEN'} found, placed and calibrating: ${right}/${all.length}`,
  )
  console.log(
    `${isClean ? 'held  ' : 'BROKEN'} without a phantom: ${WITHOUT.map((path, at) => `${path} ${bare[at]}`).join('; ')}`,
  )
  return right === all.length && isClean
}
export default phantomUnderPatient

const line = (one: PoseOutcome) =>
  [
    one.phantom.padEnd(26),
    String(one.index).padStart(2),
    one.kind.padEnd(6),
    isRight(one) ? 'right' : `WRONG: ${one.found}`,
    one.placeMm === null ? '' : `${one.placeMm.toFixed(2)} mm`,
    `${one.rods} rods`,
    one.slopeError === null ? '' : `slope ${(100 * one.slopeError).toFixed(2)} %`,
    one.read.map(({ error, standardError }) => `${error.toFixed(2)}±${standardError.toFixed(2)}`).join(' '),
    one.warnings.join(' '),
  ].join('  ')
