import { demoExamSchema } from '../../src/api/demoExam.ts'
import { ROUTES } from '../../src/api/routes.ts'
import type { CtVolume } from '../../src/core/volume/ctVolume.ts'
import { buildVolume } from '../../src/dicom/buildVolume.ts'
import { chooseSeries } from '../../src/dicom/chooseSeries.ts'
import type { NamedBlob } from '../../src/dicom/namedBlob.ts'
import { openExam } from '../../src/dicom/openExam.ts'

/** Has a server make its demo exam, and gives its files as a drop would. */
export async function demoFiles(url: string): Promise<NamedBlob[]> {
  const ask = async (method: string, path: string) =>
    demoExamSchema.parse(await (await fetch(new URL(path, url), { method, headers: { origin: url } })).json())
  let demo = await ask(ROUTES.makeDemoExam.method, ROUTES.makeDemoExam.path)
  while (demo.state === 'making') {
    await new Promise((resolve) => setTimeout(resolve, 500))
    demo = await ask(ROUTES.demoExam.method, ROUTES.demoExam.path)
  }
  if (demo.state !== 'ready') throw new Error(`the demo exam is ${demo.state}`)
  return Promise.all(
    demo.files.map(async ({ path, url: file }) => ({
      path,
      blob: await (await fetch(new URL(file, url))).blob(),
    })),
  )
}

/** The volume that the viewer measures of an exam, read here by the same rules in Node. */
export async function measuredVolume(files: readonly NamedBlob[]): Promise<CtVolume> {
  const { studies } = await openExam(files)
  const study = studies[0]
  if (study === undefined) throw new Error('no study')
  return (await buildVolume(chooseSeries(study).series)).volume
}
