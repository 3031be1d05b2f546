import { defineConfig } from 'vite'
import viewer from '../../../vite.config.ts'

/** Pages of the browser tests, built exactly as the viewer is. */
export default defineConfig({
  ...viewer,
  root: import.meta.dirname,
  build: {
    ...viewer.build,
    rollupOptions: { input: { viewport: `${import.meta.dirname}/viewport/index.html` } },
  },
})
