import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiText } from '../../src/server/openApi.ts'

/** `npm run openapi`: writes the contract's OpenAPI document where the drift test expects it. */
writeFileSync(join(import.meta.dirname, '../../docs/openapi.json'), await openApiText())
