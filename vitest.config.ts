import { defineConfig } from 'vitest/config'

/** Two projects: `unit` needs nothing but Node; `conformance` asks programs and data we did not write. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/house/skipCountReporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/conformance/**'] },
      },
      {
        extends: true,
        test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 300_000 },
      },
    ],
  },
})
