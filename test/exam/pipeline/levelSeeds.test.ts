import { expect, it } from 'vitest'
import { NO_USER_PHANTOMS } from '../../../src/core/calibration/userPhantoms.ts'
import { VERTEBRAL_LEVELS } from '../../../src/core/units.ts'
import { defaultExamParameters } from '../../../src/demo/examParameters.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { analyzeExam } from '../../../src/exam/pipeline/analyzeExam.ts'
import { type ExamMemo, examMemo } from '../../../src/exam/pipeline/examMemo.ts'
import { PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { levelSeeds } from '../../../src/exam/pipeline/levelSeeds.ts'
import { plainContext } from './plainContext.ts'

/** The whole lumbar spine in few, coarse voxels. */
function lumbarExam() {
  const { acquisition } = defaultExamParameters
  const few = { columns: 256, rows: 256, pixelSpacingMm: 1.4, sliceCount: 96, scanCenterZMm: 4 }
  const thick = { sliceThicknessMm: 3, sliceSpacingMm: 3 }
  return renderExam({ ...defaultExamParameters, acquisition: { ...acquisition, ...few, ...thick } }).volume
}

it('stops in the middle of finding levels, keeps nothing of it, and finds them all the next time', async () => {
  const volume = lumbarExam()
  const request = { ...PLAIN_REQUEST, calibration: 'none' as const, levels: [...VERTEBRAL_LEVELS] }
  const kept = examMemo()
  const finished: unknown[] = []
  const memo: ExamMemo = (key, find) => {
    const found = kept(key, find)
    finished.push(key)
    return found
  }
  const stop = new AbortController()
  const steps: string[] = []
  const shares: number[] = []
  const cancelled = analyzeExam(volume, plainContext, request, {
    memo,
    signal: stop.signal,
    onProgress: ({ name }, share) => {
      steps.push(name)
      if (name === 'levels' && share !== undefined) shares.push(share)
      // With this share done the first bodies are found and others are not.
      if (name === 'levels' && (share ?? 0) > 0.4) stop.abort()
    },
  })
  await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(shares.filter((share) => share > 0.4)).toHaveLength(1)
  expect(shares.at(-1)).toBeLessThan(0.95)
  expect(steps.at(-1)).toBe('levels')
  expect(finished[0]).toEqual(['rods', ['none', null, NO_USER_PHANTOMS, []]])
  expect(finished.map((key) => (Array.isArray(key) ? key[0] : key))).toEqual(['rods'])

  const again: number[] = []
  const { levels } = levelSeeds(volume, request, memo, (share) => again.push(share))
  expect(levels.map(({ level }) => level)).toEqual(VERTEBRAL_LEVELS)
  expect(levels.every((level) => 'source' in level && level.source === 'automatic')).toBe(true)
  expect(again).toEqual(again.toSorted((a, b) => a - b))
  expect(again.at(-1)).toBe(1)
}, 120_000) // ten seconds on an idle core; CI machines are slower and shared
