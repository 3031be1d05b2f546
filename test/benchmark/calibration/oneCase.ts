import { dualCase } from './dualCase.ts'
import { scanCase } from './scanCase.ts'
import { contrastCase, tissueCase } from './tissueCase.ts'

const KINDS = { scan: scanCase, tissue: tissueCase, contrast: contrastCase, dual: dualCase } as const
/** What a case may be about. */
export type Kind = keyof typeof KINDS
/** What a case of a kind answers. */
export type Case<K extends Kind> = ReturnType<(typeof KINDS)[K]>

const [kind, seed, index] = process.argv.slice(2)
if (kind !== undefined && kind in KINDS) {
  console.log(JSON.stringify(KINDS[kind as Kind](Number(seed), Number(index))))
}
