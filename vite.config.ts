import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Headers without which the browser gives no shared memory. The product's server sends the same and a strict
 * Content-Security-Policy beside them; these are for `vite` and `vite preview`.
 */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Where the server of a developer listens; the built viewer is served by it and needs no proxy. */
const proxy = {
  '/api': { target: process.env.QCT_SERVER ?? 'http://127.0.0.1:8600', changeOrigin: false },
}

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  // Modules written for CommonJS, and those that must be one copy, are bundled ahead of a development run.
  optimizeDeps: {
    include: [
      'dicom-parser',
      '@cornerstonejs/core',
      '@cornerstonejs/metadata',
      '@cornerstonejs/utils',
      '@cornerstonejs/codec-charls/decodewasmjs',
      '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
      '@cornerstonejs/codec-openjpeg/decodewasmjs',
      '@cornerstonejs/codec-openjph/wasmjs',
    ],
  },
  build: {
    target: 'es2022',
    // Every asset is its own file: `data:` scripts and styles are not allowed by the page's policy.
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 6000,
  },
  server: { headers: isolation, proxy, host: '127.0.0.1' },
  preview: { headers: isolation, proxy, host: '127.0.0.1' },
})
