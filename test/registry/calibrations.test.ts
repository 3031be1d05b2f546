import { openRegistry } from '../../src/registry/openRegistry.ts'
import { describeCalibrations } from './calibrationSuite.ts'
import { emptyDataFolder, TEST_PROGRAM } from './emptyCluster.ts'

describeCalibrations('PGlite', async () =>
  openRegistry({ dataFolder: await emptyDataFolder(), program: TEST_PROGRAM }),
)
