import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npx vite packages/console` for work on pages: it passes calls on to a server at its usual port. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    assetsInlineLimit: 0,
    // What most pages share comes in two pieces instead of fifty: a browser asks for six at a time.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What begins, alone: with the rest, it would wait until that is read.
            { name: 'begin', test: /preload-helper|src.(store|preferences|i18n.languages)\.ts/, priority: 3 },
            { name: 'contract', test: /packages.contract/, priority: 2 },
            { name: 'common', minShareCount: 38, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://localhost:7070', ws: true } } },
})
