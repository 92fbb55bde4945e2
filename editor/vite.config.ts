import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const SERVER = process.env.BEATLOOM_SERVER ?? 'http://127.0.0.1:8420'

/** Writes `.br` and `.gz` beside every text file of the build, so the server can send them as they are. */
function precompress(): Plugin {
  let folder = 'dist'
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true })
      await Promise.all(
        files
          .filter((file) => /\.(js|css|html|svg)$/.test(file))
          .map(async (file) => {
            const path = join(folder, file)
            const bytes = await readFile(path)
            await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes))
            await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
          }),
      )
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    target: 'es2023',
    chunkSizeWarningLimit: 700,
    // What every visit needs is one file: split by who else uses each part, it would be forty requests, six at a time.
    rolldownOptions: {
      // The core's modules only declare: what a part of the page that is loaded later takes of them is loaded with it.
      treeshake: { moduleSideEffects: [{ test: /engine\/core\/src/, sideEffects: false }] },
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: SERVER, ws: true, changeOrigin: true } } },
})
