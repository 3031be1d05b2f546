import { describe, expect, it } from 'vitest'
import { classifyKernel } from '../../src/dicom/kernel.ts'

const kernel = (convolutionKernel: string, manufacturer = '') =>
  classifyKernel({ convolutionKernel, manufacturer, imageType: [] })

describe('classifyKernel', () => {
  it.each([
    ['GE MEDICAL SYSTEMS', ['SOFT', 'STANDARD', 'STD+', 'soft', 'HD Stnd', 'STND'], 'soft'],
    ['GE MEDICAL SYSTEMS', ['DETAIL', 'CHST', 'HD Detail'], 'medium'],
    ['GE MEDICAL SYSTEMS', ['BONE', 'BONEPLUS', 'EDGE', 'LUNG', 'ULTRA', 'HD BONE'], 'sharp'],
    [
      'SIEMENS',
      ['B10f', 'B20s', 'B30f', 'B31f', 'B40f', 'H31s', 'I30f\\3', 'Br40d', 'Br36f\\3', 'Bf44', 'Qr40'],
      'soft',
    ],
    ['SIEMENS', ['B45f', 'B46f', 'Br49'], 'medium'],
    ['SIEMENS', ['B50f', 'B60s', 'B70f', 'B80f', 'H60s', 'U90u', 'Bl57d', 'Br59d\\3', 'Hr68h'], 'sharp'],
    ['Philips', ['A', 'B', 'UB'], 'soft'],
    ['Philips', ['C'], 'medium'],
    ['Philips', ['D', 'E', 'L', 'YA', 'YB'], 'sharp'],
    ['TOSHIBA', ['FC01', 'FC08', 'FC12', 'FC18', 'FC08-H', 'FC21'], 'soft'],
    ['CANON', ['FC30', 'FC35', 'FC51', 'FC52', 'FC81'], 'sharp'],
  ])('places kernels of %s: %j are %s', (manufacturer, names, sharpness) => {
    expect(names.map((name) => [name, kernel(name, manufacturer)])).toEqual(
      names.map((name) => [name, sharpness]),
    )
  })

  it('never guesses: names outside the table are unknown, no name is unstated', () => {
    expect(['XQ7', 'FC65', 'B', 'C', 'Br05', '42'].map((name) => kernel(name))).toEqual(
      Array(6).fill('unknown'),
    )
    expect(kernel('')).toBe('unstated')
    expect(classifyKernel({ imageType: [] })).toBe('unstated')
  })
})
