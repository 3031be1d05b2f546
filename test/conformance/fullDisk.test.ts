import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer } from '../../src/server/startServer.ts'
import { emptyDataFolder, newFolder, TEST_PROGRAM } from '../registry/emptyCluster.ts'
import { examToSave, recordWith } from '../registry/examToSave.ts'
import { describeExternal } from './external.ts'

describeExternal('root', 'a registry on a small disk', () => {
  const disk = newFolder()
  beforeAll(() => {
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk]).status).toBe(0)
  })
  afterAll(() => void spawnSync('umount', [disk]))

  it('refuses to save before the disk is full, still reads, and goes on when there is space', async () => {
    const dataFolder = join(disk, 'data')
    cpSync(await emptyDataFolder(), dataFolder, { recursive: true })
    const log = { request: () => undefined, fault: () => undefined }
    const options = { dataFolder, program: TEST_PROGRAM, port: 0, viewer: newFolder(), log }
    const server = await startServer(options)
    const examId = randomUUID()
    const save = async (basedOn: number) => {
      const { examId: _, ...body } = await examToSave(examId, basedOn, recordWith(`version ${basedOn}`))
      return fetch(`${server.url}/api/v1/exams/${examId}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    }
    expect((await save(0)).status).toBe(200)
    writeFileSync(join(disk, 'ballast'), new Uint8Array(80 * 2 ** 20))
    const refused = await save(1)
    expect([refused.status, (await refused.json()).code]).toEqual([507, 'REGISTRY_DISK_FULL'])
    expect((await (await fetch(`${server.url}/api/v1/exams/${examId}`)).json()).version).toBe(1)
    rmSync(join(disk, 'ballast'))
    expect((await (await save(1)).json()).version).toBe(2)

    await server.close()
    writeFileSync(join(disk, 'ballast'), new Uint8Array(80 * 2 ** 20))
    await expect(startServer(options)).rejects.toMatchObject({ code: 'REGISTRY_DISK_FULL' })
  })
})
