import type { Acquisition } from './ctStudy.ts'

/**
 * How much a reconstruction kernel enhances edges. `soft` leaves CT numbers of small regions true and noise low;
 * `medium` sharpens visibly; `sharp` overshoots at edges (bone, lung, inner ear kernels); `unknown`: not in the table;
 * `unstated`: the files name none.
 */
export type KernelSharpness = 'soft' | 'medium' | 'sharp' | 'unknown' | 'unstated'

/** One rule of the table: kernels of a maker whose name matches, and what they are. */
export interface KernelRule {
  /** Matches Manufacturer; absent when the name itself tells the maker. */
  readonly manufacturer?: RegExp
  /** Matches the first value of ConvolutionKernel, in capitals without spaces. Group 1, if any, is its number. */
  readonly name: RegExp
  /** Range of that number, both ends included. */
  readonly numbers?: readonly [number, number]
  readonly sharpness: 'soft' | 'medium' | 'sharp'
  /** Why these belong here. */
  readonly reason: string
}

/** Body, head, special, iterative and photon-counting families; two digits give the sharpness; then the speed letter. */
const SIEMENS = /^[BHUIJTQSD][A-Z]?(\d{2})[A-Z]?$/
const CANON = /^FC(\d{2})(?:-?[A-Z]+)?$/

/**
 * Kernels by maker. The first rule that matches decides.
 *
 * Makers publish order, not curves, so the classes are coarse: which kernels the maker names for soft tissue and
 * which for bone, lung or inner ear. What the makers do not place stays `unknown` and warns.
 */
export const KERNEL_RULES: readonly KernelRule[] = [
  {
    name: SIEMENS,
    numbers: [10, 44],
    sharpness: 'soft',
    reason: 'Siemens numbers rise with sharpness; below 45 smooth to medium smooth',
  },
  { name: SIEMENS, numbers: [45, 49], sharpness: 'medium', reason: 'Siemens 45 to 49: medium' },
  {
    name: SIEMENS,
    numbers: [50, 99],
    sharpness: 'sharp',
    reason: 'Siemens 50 and above: medium sharp to ultra sharp, made for bone and lung',
  },
  {
    name: CANON,
    numbers: [1, 19],
    sharpness: 'soft',
    reason: 'Canon and Toshiba FC01 to FC19: body, with and without beam-hardening correction',
  },
  {
    name: CANON,
    numbers: [20, 29],
    sharpness: 'soft',
    reason: 'Canon and Toshiba FC20 to FC29: head, soft tissue',
  },
  { name: CANON, numbers: [30, 39], sharpness: 'sharp', reason: 'Canon and Toshiba FC30 to FC39: bone' },
  {
    name: CANON,
    numbers: [40, 49],
    sharpness: 'soft',
    reason: 'Canon and Toshiba FC40 to FC49: head, soft tissue',
  },
  { name: CANON, numbers: [50, 59], sharpness: 'sharp', reason: 'Canon and Toshiba FC50 to FC59: lung' },
  {
    name: CANON,
    numbers: [80, 89],
    sharpness: 'sharp',
    reason: 'Canon and Toshiba FC80 to FC89: inner ear and other high resolution',
  },
  {
    manufacturer: /PHILIPS/,
    name: /^(?:U?A|U?B|SB|SA)$/,
    sharpness: 'soft',
    reason: 'Philips A and B: smooth and standard body and brain',
  },
  {
    manufacturer: /PHILIPS/,
    name: /^(?:U?C|SC)$/,
    sharpness: 'medium',
    reason: 'Philips C: sharper than standard body',
  },
  {
    manufacturer: /PHILIPS/,
    name: /^(?:D|E|F|L|Y[A-E])$/,
    sharpness: 'sharp',
    reason: 'Philips D, E, F, L and Y filters: bone, lung, high resolution',
  },
  {
    name: /^(?:HD)?(?:SOFT|STANDARD|STND|STD|STAN)[+0-9]*$/,
    sharpness: 'soft',
    reason: 'GE Soft and Standard, also in their high-definition forms',
  },
  {
    name: /^(?:HD)?(?:DETAIL|DETL|CHST|CHEST)[+0-9]*$/,
    sharpness: 'medium',
    reason: 'GE Detail and Chest: between Standard and Bone',
  },
  {
    name: /BONE|EDGE|LUNG|ULTRA|SHARP|INNEREAR|HIGHRES|HRCT/,
    sharpness: 'sharp',
    reason: 'named for what only sharp kernels are made for',
  },
  { name: /SOFT|SMOOTH|STANDARD/, sharpness: 'soft', reason: 'named soft, smooth or standard by its maker' },
]

/** Kernel name as the table knows it: the first of several values (Siemens adds the iteration strength), no spaces. */
const inTable = (kernel: string) => (kernel.split('\\')[0] ?? '').toUpperCase().replace(/[\s_]+/g, '')

/** Says how sharp the kernel of a reconstruction is, by `KERNEL_RULES`. */
export function classifyKernel(acquisition: Acquisition): KernelSharpness {
  const name = inTable(acquisition.convolutionKernel ?? '')
  if (name === '') return 'unstated'
  const manufacturer = (acquisition.manufacturer ?? '').toUpperCase()
  for (const rule of KERNEL_RULES) {
    if (rule.manufacturer && !rule.manufacturer.test(manufacturer)) continue
    const match = rule.name.exec(name)
    if (!match) continue
    const [low, high] = rule.numbers ?? [0, 0]
    const number = Number(match[1] ?? 0)
    if (!rule.numbers || (number >= low && number <= high)) return rule.sharpness
  }
  return 'unknown'
}
