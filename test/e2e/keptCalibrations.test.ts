import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import type { ExamTruth } from '../../src/demo/examTruth.ts'
import { analyzePhantomScan } from '../../src/exam/phantomScan/analyzePhantomScan.ts'
import { checkPhantomScan } from '../../src/exam/phantomScan/checkPhantomScan.ts'
import { parseExamRecord } from '../../src/exam/record/examRecord.ts'
import { openRegistry } from '../../src/registry/openRegistry.ts'
import { storeCalibration, storeQualityCheck } from '../../src/registry/storeCalibration.ts'
import { REPOSITORY, type RunningServer, startServer } from '../../src/server/startServer.ts'
import { buildViewer } from '../../src/server/viewerBuild.ts'
import { describeExternal } from '../conformance/external.ts'
import { filesOf, phantomScan, studyOf } from '../exam/phantomScan/scannedPhantom.ts'
import { emptyDataFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'
import { launchChromium } from './chromium.ts'
import { download, goToTask, openViewer, waitForLevels } from './viewerPage.ts'

/** Keeps a phantom scan and a later check of it as the command line would, and starts the server on them. */
async function serverWithCalibration(): Promise<RunningServer> {
  const viewer = join(REPOSITORY, 'dist')
  await buildViewer(REPOSITORY, viewer, () => undefined)
  const place = { dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }
  const calibration = await analyzePhantomScan(await studyOf(phantomScan()), { phantomSerial: '4560' })
  const check = await checkPhantomScan(
    await studyOf(phantomScan({ seed: 2, studyDate: '2026-03-09' })),
    calibration,
  )
  const { database, close } = await openRegistry(place)
  const now = '2026-03-09T12:00:00.000Z'
  const { calibration_id } = await storeCalibration(database, calibration, now)
  await storeQualityCheck(database, calibration_id, check, now)
  await close()
  const log = { request: () => undefined, fault: () => undefined }
  return startServer({ ...place, port: 0, viewer, log })
}

describeExternal('chromium', 'an exam without a phantom in the served viewer', () => {
  let server: RunningServer
  let browser: Browser
  beforeAll(async () => {
    server = await serverWithCalibration()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('is measured by the phantom scan that the server keeps, and its record says so', async () => {
    const { acquisition } = defaultExamParameters
    const files = await filesOf({
      ...defaultExamParameters,
      phantom: null,
      dose: null,
      acquisition: {
        ...acquisition,
        columns: 256,
        rows: 256,
        pixelSpacingMm: 1.5,
        studyDate: '2026-03-16',
      },
    })
    const truth = JSON.parse(
      (await files.find(({ path }) => path.endsWith('truth.json'))?.blob.text()) ?? '',
    ) as ExamTruth
    const { page, complaints } = await openViewer(browser, server.url)
    await page.getByRole('button', { name: 'Open the demo exam' }).waitFor() // the server was found
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(
        await Promise.all(
          files
            .filter(({ path }) => !path.endsWith('.json'))
            .map(async ({ path, blob }) => ({
              name: path.replaceAll('/', '_'),
              mimeType: 'application/dicom',
              buffer: Buffer.from(await blob.arrayBuffer()),
            })),
        ),
      )
    await waitForLevels(page, ['L1', 'L2'])
    await goToTask(page, 'Report')
    const { decisions, results } = parseExamRecord((await download(page, 'exam.json')).bytes.toString('utf8'))
    expect(decisions.calibration).toMatchObject({
      requested: 'auto',
      used: 'asynchronous',
      asynchronous: {
        stored: [
          {
            calibration: { key: { phantomSerial: '4560' } },
            quality: [{ date: '2026-03-09', passed: true }],
          },
        ],
      },
    })
    for (const { level, vbmdMgPerCm3 } of results.spine.levels) {
      const known = truth.levels.find((one) => one.level === level)?.vbmdMgPerCm3 ?? Number.NaN
      // The project's limit for a matched stored calibration; the standard error of the VOI's noise is a third of it.
      expect(Math.abs((vbmdMgPerCm3 ?? Number.NaN) - known)).toBeLessThan(2.5)
    }
    expect(results.spine.category).not.toBeNull()
    expect(complaints).toEqual([])
  })
})
