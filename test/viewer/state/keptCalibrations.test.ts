import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../../src/core/calibration/asynchronous/storedCalibration.ts'
import { analyzePhantomScan } from '../../../src/exam/phantomScan/analyzePhantomScan.ts'
import { checkPhantomScan } from '../../../src/exam/phantomScan/checkPhantomScan.ts'
import type { AsynchronousInputs } from '../../../src/exam/record/calibrationInputs.ts'
import { openRegistry } from '../../../src/registry/openRegistry.ts'
import {
  storeCalibration,
  storeQualityCheck,
  withdrawCalibration,
} from '../../../src/registry/storeCalibration.ts'
import { type RunningServer, startServer } from '../../../src/server/startServer.ts'
import { BLANK_DECISIONS, placeSeed } from '../../../src/viewer/state/decisionEdits.ts'
import { ExamSession } from '../../../src/viewer/state/examSession.ts'
import { keptCalibrations, withKept } from '../../../src/viewer/state/keptCalibrations.ts'
import { ServerClient } from '../../../src/viewer/state/serverClient.ts'
import { viewerStore } from '../../../src/viewer/state/viewerStore.ts'
import type { OpenedDrop } from '../../../src/viewer/worker/examWorkerApi.ts'
import { exampleCalibration } from '../../core/calibration/asynchronous/exampleCalibration.ts'
import { filesOf, phantomScan, smallScan, studyOf } from '../../exam/phantomScan/scannedPhantom.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from '../../registry/emptyCluster.ts'
import { QUICK_DEMO } from '../../server/testServer.ts'
import { newThreadWorker } from '../threadWorker.ts'

const NOON = '2026-03-10T12:00:00.000Z'
let server: RunningServer
let client: ServerClient
/** The phantom scan that is kept, passed its check, and fits the patient. */
let fits: StoredCalibration

beforeAll(async () => {
  const place = { dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }
  fits = await analyzePhantomScan(await studyOf(phantomScan()), { phantomSerial: '4560' })
  const later = await studyOf(phantomScan({ seed: 2, studyDate: '2026-03-09' }))
  const { database, close } = await openRegistry(place)
  const keep = async (calibration: StoredCalibration) =>
    (await storeCalibration(database, calibration, NOON)).calibration_id
  await storeQualityCheck(database, await keep(fits), await checkPhantomScan(later, fits), NOON)
  await keep({ ...fits, key: { ...fits.key, kvp: 100 } })
  await keep(exampleCalibration()) // another model
  const withdrawn = await keep({ ...fits, date: '2026-03-01' })
  await withdrawCalibration(database, withdrawn, 'the tube was replaced', NOON)
  await close()
  const log = { request: () => undefined, fault: () => undefined }
  server = await startServer({ ...place, port: 0, viewer: newFolder(), demo: QUICK_DEMO, log })
  client = new ServerClient((path, init) => fetch(`${server.url}${String(path)}`, init))
  viewerStore.setState({ server: (await client.status())?.version ?? null })
})
afterAll(() => server.close())

const drop = (acquisition: object) =>
  ({
    sources: [{ id: 'exam', proposed: { seriesId: 'soft' }, series: [{ id: 'soft', acquisition }] }],
  }) as unknown as OpenedDrop
const choice = { sourceId: 'exam', seriesId: null }
const ours = { manufacturerModelName: 'Digital exam', kvp: 120 }
const passed = { date: '2026-03-09', passed: true }

it('are those in use of the model and voltage of the series, with their checks', async () => {
  expect(await keptCalibrations(client, drop(ours), choice)).toEqual({
    stored: [{ calibration: fits, quality: [passed] }],
    policy: DEFAULT_ASYNCHRONOUS_POLICY,
  })
  const low = await keptCalibrations(client, drop({ ...ours, kvp: 100 }), { ...choice, seriesId: 'soft' })
  expect(low?.stored).toMatchObject([{ calibration: { key: { kvp: 100 } }, quality: [] }])
})

it('are none where none fits, and where the images do not state model and voltage', async () => {
  for (const acquisition of [{ ...ours, kvp: 80 }, { kvp: 120 }, { manufacturerModelName: 'Digital exam' }])
    expect(await keptCalibrations(client, drop(acquisition), choice)).toBeNull()
  expect(await keptCalibrations(client, drop(ours), { ...choice, seriesId: 'another' })).toBeNull()
})

it('are none when the server does not answer, and that is said', async () => {
  const gone = new ServerClient(() => Promise.reject(new Error('gone')))
  expect(await keptCalibrations(gone, drop(ours), choice)).toBeNull()
  expect(viewerStore.getState().notices).toMatchObject([{ tone: 'doubt', text: /./ }])
})

it('are not asked for without a server', async () => {
  const { server: version } = viewerStore.getState()
  viewerStore.setState({ server: null })
  const asked: string[] = []
  const calibrationsFor = async (model: string) => {
    asked.push(model)
    return []
  }
  expect(await keptCalibrations({ calibrationsFor }, drop(ours), choice)).toBeNull()
  expect(asked).toEqual([])
  viewerStore.setState({ server: version })
})

it('take the place of the same ones with older checks; others and the policy stay', () => {
  const kept: AsynchronousInputs = {
    stored: [{ calibration: fits, quality: [{ date: '2026-03-20', passed: false }, passed] }],
    policy: DEFAULT_ASYNCHRONOUS_POLICY,
  }
  const policy = { ...DEFAULT_ASYNCHRONOUS_POLICY, otherUnit: 'refuse' as const }
  const other = { calibration: exampleCalibration(), quality: [] }
  const given = { stored: [{ calibration: fits, quality: [passed] }, other], policy }
  const before = {
    ...BLANK_DECISIONS,
    calibration: { ...BLANK_DECISIONS.calibration, asynchronous: given },
  }
  expect(withKept(kept)(before).calibration.asynchronous).toEqual({
    stored: [other, ...kept.stored],
    policy,
  })
  expect(withKept(kept)(BLANK_DECISIONS).calibration.asynchronous).toEqual(kept)
  expect(withKept(null)(before)).toBe(before)
})

it('measure an exam without a phantom in the viewer, and its record keeps what was used', async () => {
  const files = await filesOf(smallScan({ phantom: null, seed: 11, studyDate: '2026-03-16' }))
  const truth = JSON.parse((await files.find(({ path }) => path.endsWith('truth.json'))?.blob.text()) ?? '')
  const { seedLps, vbmdMgPerCm3 } = truth.levels.find(({ level }: { level: string }) => level === 'L1')
  const session = new ExamSession(newThreadWorker, undefined, (opened, chosen) =>
    keptCalibrations(client, opened, chosen),
  )
  try {
    await session.open([...files] as Parameters<typeof session.open>[0])
    session.decide('a seed', placeSeed('L1', seedLps))
    await expect.poll(() => viewerStore.getState().isStale, { timeout: 30_000 }).toBe(false)
    const { record, decisions } = viewerStore.getState()
    expect(record?.decisions.calibration).toMatchObject({ requested: 'auto', used: 'asynchronous' })
    expect(record?.decisions.calibration.asynchronous?.stored).toEqual([
      { calibration: fits, quality: [passed] },
    ])
    expect(record?.results.calibration.asynchronous).toMatchObject({ qualityPassed: true })
    const level = record?.results.spine.levels.find((one) => one.level === 'L1')
    // The project's limit for a matched stored calibration; the standard error of the VOI's noise is a third of it.
    expect(Math.abs((level?.vbmdMgPerCm3 ?? Number.NaN) - vbmdMgPerCm3)).toBeLessThan(2.5)
    // What the server keeps is no step of the reader's: there is the seed alone to undo.
    expect(decisions.past).toHaveLength(1)
  } finally {
    session.client.end()
  }
})
