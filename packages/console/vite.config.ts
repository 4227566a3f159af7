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
    chunkSizeWarningLimit: 800,
    assetsInlineLimit: 0,
    // The operations of the contract are small files that are all read at the start: together they compress better.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'contract', test: /packages.contract/ }] } } },
  },
  server: { proxy: { '/api': { target: 'http://localhost:7070', ws: true } } },
})
