import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { color } from '../../../src/core/volume/picture/color.ts'
import { fillPath } from '../../../src/core/volume/picture/fillPath.ts'
import { createPicture } from '../../../src/core/volume/picture/picture.ts'
import { encodePng } from '../../../src/exam/render/png.ts'

it('keeps every pixel of a picture through PNG', () => {
  const picture = createPicture(17, 5, color('#123456'))
  fillPath(picture, [[1, 1, 9.5, 2, 4, 4.5]], color('#E69F00'))
  const read = decode(encodePng(picture))
  expect([read.width, read.height, read.channels, read.depth]).toEqual([17, 5, 3, 8])
  expect([...read.data]).toEqual([...picture.rgba].filter((_, at) => at % 4 !== 3))
})
