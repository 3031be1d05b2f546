import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indexPoint } from '../../../src/core/geometry/lps.ts'
import { toLps } from '../../../src/core/geometry/volumeGeometry.ts'
import { type ExamRequest, PLAIN_REQUEST } from '../../../src/exam/pipeline/examRequest.ts'
import { ExamClient } from '../../../src/viewer/worker/examClient.ts'
import type { DroppedFile, SharedVolume, WorkerEvent } from '../../../src/viewer/worker/examWorkerApi.ts'
import { droppedExam } from '../droppedExam.ts'
import { newThreadWorker, threads } from '../threadWorker.ts'

/** A VOI in the middle of the scan, without calibration: measured at once wherever a volume is. */
function givenVoi({ ct: { geometry } }: SharedVolume): ExamRequest {
  const [ni, nj, nk] = geometry.size
  const [x, y, z] = toLps(geometry, indexPoint(ni >> 1, nj >> 1, nk >> 1))
  return {
    ...PLAIN_REQUEST,
    calibration: 'none',
    roiFile: {
      schemaVersion: 1,
      rods: [],
      spine: [{ level: 'L1', centerLps: [x, y, z], radiiMm: [10, 8], heightMm: 9 }],
    },
  }
}

let volume: SharedVolume
let files: DroppedFile[]
let client: ExamClient
const events: WorkerEvent[] = []
const recoveries: boolean[] = []
const losses: string[] = []
let told: (() => void) | undefined

beforeAll(async () => {
  files = await droppedExam()
  client = new ExamClient(newThreadWorker, {
    onEvent: (event) => events.push(event),
    onLost: () => losses.push('lost'),
    onRecovered: (isWhole) => {
      recoveries.push(isWhole)
      told?.()
    },
  })
})

afterAll(() => client.end())

describe('the page side of the exam worker', () => {
  it('opens, loads and learns of the slices through a real thread', async () => {
    const opened = await client.open(files)
    expect(opened.ok).toBe(true)
    if (!opened.ok) return
    const loaded = await client.load({ sourceId: opened.value.sources[0]!.id, seriesId: null })
    expect(loaded.ok).toBe(true)
    if (!loaded.ok) return
    volume = loaded.value
    // The thread's voxels, not a copy: what it wrote is read here.
    expect(loaded.value.ct.voxels.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(new Set(loaded.value.ct.voxels.subarray(0, 200_000)).size).toBeGreaterThan(50)
    // Events come through a port of their own, before or after the outcome.
    await expect
      .poll(() => events.findLast((event) => event.kind === 'slices'))
      .toMatchObject({ arrived: loaded.value.flags.length })
  })

  it('gives the running job as lost when the thread dies, and comes back with files and volume', async () => {
    const recovered = new Promise<void>((resolve) => {
      told = resolve
    })
    const measuring = client.analyze(PLAIN_REQUEST)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await threads.at(-1)!.terminate()
    expect(await measuring).toMatchObject({ ok: false, failure: { code: 'WORKER_LOST' } })
    await recovered
    expect([losses, recoveries]).toEqual([['lost'], [true]])
    const again = await client.analyze(givenVoi(volume))
    expect(again).toMatchObject({ ok: true, value: { status: 'done' } })
  })

  it('stops a job that computes without a pause by ending its worker', async () => {
    const measuring = client.analyze(PLAIN_REQUEST)
    await new Promise((resolve) => setTimeout(resolve, 300))
    client.cancel()
    const outcome = await measuring
    expect(outcome.ok).toBe(false)
    if (!outcome.ok) expect(['CANCELLED', 'WORKER_LOST']).toContain(outcome.failure.code)
  })
})
