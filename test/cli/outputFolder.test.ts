import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { probeOutputFolder, writeResultFolder } from '../../src/cli/outputFolder.ts'
import { serializeExamRecord } from '../../src/exam/record/examRecord.ts'
import { exampleRecord } from '../exam/record/exampleRecord.ts'

const place = () => mkdtempSync(join(tmpdir(), 'trabecula-out-'))
const result = (figures: readonly string[] = ['voi-L1.png']) =>
  new Map<string, string>([
    ['exam.json', serializeExamRecord(exampleRecord())],
    ['report.txt', 'report'],
    ...figures.map((name): [string, string] => [name, 'png']),
  ])

describe('the folder of a result', () => {
  it('appears whole where there was none, with its parents', () => {
    const out = join(place(), 'a/b')
    writeResultFolder(out, result())
    expect(readdirSync(out).sort()).toEqual(['exam.json', 'report.txt', 'voi-L1.png'])
    expect(readdirSync(join(out, '..'))).toEqual(['b'])
  })

  it('replaces an older result of ours, figures of levels that are gone included, and no other file', () => {
    const out = join(place(), 'out')
    writeResultFolder(out, result(['voi-L1.png', 'voi-L4.png']))
    writeFileSync(join(out, 'notes.txt'), 'mine')
    writeResultFolder(out, result(['voi-L2.png']))
    expect(readdirSync(out).sort()).toEqual(['exam.json', 'notes.txt', 'report.txt', 'voi-L2.png'])
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine')
  })

  it('goes into a folder with other files and leaves them', () => {
    const out = place()
    writeFileSync(join(out, 'log'), 'mine')
    writeResultFolder(out, result())
    expect(readdirSync(out).sort()).toEqual(['exam.json', 'log', 'report.txt', 'voi-L1.png'])
  })

  it.each([['exam.json'], ['report.txt'], ['voi-L1.png']])('never replaces a %s that is not ours', (name) => {
    const out = place()
    writeFileSync(join(out, name), '{"mine":true}')
    expect(() => probeOutputFolder(out)).toThrow(expect.objectContaining({ code: 'OUTPUT_FOREIGN' }))
    expect(() => writeResultFolder(out, result())).toThrow(
      expect.objectContaining({ code: 'OUTPUT_FOREIGN' }),
    )
    expect(readFileSync(join(out, name), 'utf8')).toBe('{"mine":true}')
  })

  it('is probed without a trace, also where it does not exist yet', () => {
    const base = place()
    probeOutputFolder(join(base, 'a/b'))
    probeOutputFolder(base)
    expect(readdirSync(base)).toEqual([])
  })

  it('is refused where a file stands in its way', () => {
    const file = join(place(), 'file')
    writeFileSync(file, '')
    for (const path of [file, join(file, 'out')])
      expect(() => probeOutputFolder(path)).toThrow(expect.objectContaining({ code: 'OUTPUT_NOT_WRITABLE' }))
  })
})

/** A file system of 1 MiB, where this machine lets us mount one. */
function smallDisk(): string | undefined {
  const disk = place()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' })
    return disk
  } catch {
    return undefined
  }
}
const disk = process.getuid?.() === 0 ? smallDisk() : undefined

describe.skipIf(disk === undefined)('[root] a full disk', () => {
  it('is found before the work, and by the work, and keeps what was there', ({ onTestFinished }) => {
    const full = disk as string
    onTestFinished(() => void execFileSync('umount', [full]))
    const refusal = expect.objectContaining({
      code: 'OUTPUT_NOT_WRITABLE',
      details: { reason: 'the disk is full' },
    })
    const out = join(full, 'out')
    expect(() => probeOutputFolder(out)).toThrow(refusal)
    expect(readdirSync(full)).toEqual([])
    writeResultFolder(out, result())
    const large = new Map([...result(), ['report.txt', 'x'.repeat(2 ** 21)]])
    expect(() => writeResultFolder(out, large)).toThrow(refusal)
    expect(readdirSync(out).sort()).toEqual(['exam.json', 'report.txt', 'voi-L1.png'])
    expect(readFileSync(join(out, 'report.txt'), 'utf8')).toBe('report')
    const other = join(full, 'other')
    mkdirSync(join(full, 'empty'))
    expect(() => writeResultFolder(other, large)).toThrow(refusal)
    expect(existsSync(other)).toBe(false)
  })
})
