import { phrase, type WordKey } from '../core/words/words.ts'

const SEED = 'cli.hint.seed'

/** Which option does what a refusal advises. The refusals themselves are said alike on every face of the program. */
const HINTS: Readonly<Record<string, WordKey>> = {
  SERIES_UNKNOWN: 'cli.hint.series',
  PHANTOM_NAME_UNSURE: 'cli.hint.phantom',
  RODS_AMBIGUOUS: 'cli.hint.phantom',
  NO_EVALUABLE_LEVEL: 'cli.hint.seedOrLevels',
  LEVEL_WITHOUT_SEED: 'cli.hint.seedOrLevels',
  LEVEL_NOT_FOUND: SEED,
  LEVELS_NOT_NAMED: SEED,
  SPINE_NOT_FOUND: SEED,
  SEED_OUTSIDE_VOLUME: SEED,
  SEED_NOT_IN_BONE: SEED,
  ENDPLATES_NOT_FOUND: 'cli.hint.voi',
  BODY_WALL_NOT_FOUND: 'cli.hint.voi',
  BODY_IMPLAUSIBLE: 'cli.hint.voi',
  VOI_DOES_NOT_FIT: 'cli.hint.voi',
}

/** A refusal as the terminal says it: code, message and, where one helps, the option to give. */
export function refusalLine({ code, message }: { readonly code: string; readonly message: string }): string {
  const hint = HINTS[code]
  const said = phrase('cli.error', { code, message })
  return hint === undefined ? said : `${said} ${phrase(hint)}`
}
