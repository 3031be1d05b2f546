import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import en from '../../../src/core/words/en.json' with { type: 'json' }
import { phrase } from '../../../src/core/words/words.ts'

/** Code → names of its details, read from the catalogue's own source. */
function detailsOfCodes(): Map<string, Set<string>> {
  const details = new Map<string, Set<string>>()
  for (const file of globSync('src/core/errors/*.ts')) {
    for (const [, code, body] of readFileSync(file, 'utf8').matchAll(
      /^ {2}([A-Z][A-Z0-9_]+): (.*?)(?=^ {2}[A-Z/]|^})/gms,
    )) {
      const names = [...(body ?? '').matchAll(/readonly (\w+)\??:/g)].map((match) => match[1] ?? '')
      details.set(code ?? '', new Set(names))
    }
  }
  return details
}

describe('the catalogue of words', () => {
  it('fills in parameters, whole numbers as they are and others to two decimals', () => {
    expect(phrase('error.GEOMETRY_ONE_SLICE', { found: 1, required: 2.3456 })).toMatch(
      /has 1 slice.*at least 2\.35/,
    )
  })

  const details = detailsOfCodes()
  const sections = { ...en.error, ...en.warning }

  it('reads the codes from their source', () => {
    // Guards the tests below against a pattern that no longer matches the source.
    expect(details.size).toBeGreaterThan(50)
    expect(details.get('GEOMETRY_ONE_SLICE')).toEqual(new Set(['found', 'required']))
  })

  it('has a code for every phrase of an error or warning', () => {
    expect(Object.keys(sections).filter((code) => !details.has(code))).toEqual([])
  })

  it('names in each phrase only facts that its code reports', () => {
    const unknown: string[] = []
    for (const [code, words] of Object.entries(sections)) {
      for (const [, name] of words.matchAll(/\{(\w+)\}/g)) {
        if (!details.get(code)?.has(name ?? '')) unknown.push(`${code}: {${name}}`)
      }
    }
    expect(unknown).toEqual([])
  })

  it('says what is met on every face of the program without the words of the command line', () => {
    // These are met only where the program is started or its options are read.
    const isOfCommandLine = (code: string) => /^(OUTPUT|REGISTRY|SERVER_PORT|ROI_FILE)_/.test(code)
    const foreign = Object.entries(sections).filter(
      ([code, words]) => !isOfCommandLine(code) && /--[a-z]|ROI file|radiiMm|\bLPS\b/.test(words),
    )
    expect(foreign).toEqual([])
  })

  it('never asks for a name, an identifier or a birth date of a patient', () => {
    const facts = [...details.values()].flatMap((names) => [...names])
    expect(facts.filter((name) => /patient(Id|Name)|birth/i.test(name))).toEqual([])
  })
})
