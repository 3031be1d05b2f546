import { openRegistry } from '../../src/registry/openRegistry.ts'
import { emptyDataFolder, TEST_PROGRAM } from './emptyCluster.ts'
import { describeRegistry } from './registrySuite.ts'

describeRegistry('PGlite', async () =>
  openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }),
)
