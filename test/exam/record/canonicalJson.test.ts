import { expect, it } from 'vitest'
import { canonicalJson, canonicalSha256 } from '../../../src/exam/record/canonicalJson.ts'

it('is the same text for the same value, whatever the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: 1e21 })).toBe(
    '{"a":1e+21,"b":[1,{"c":"ü","d":null}]}',
  )
  expect(canonicalJson({ a: 1e21, b: [1, { c: 'ü', d: null }] })).toBe(
    '{"a":1e+21,"b":[1,{"c":"ü","d":null}]}',
  )
})

it('leaves out members that are undefined, as JSON does', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
})

it.each([[Number.NaN], [{ a: Number.POSITIVE_INFINITY }], [[() => 1]], [1n]])(
  'refuses what has no JSON form',
  (value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'RECORD_NOT_CANONICAL' }))
  },
)

it('hashes to the SHA-256 of its text', async () => {
  // printf '{}' | sha256sum
  expect(await canonicalSha256({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
})
