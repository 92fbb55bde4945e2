import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './own-server.ts'

/** Builds the page that the tests open, unless BEATLOOM_E2E_BUILT says that it is there. */
export default function buildPage(): void {
  if (process.env.BEATLOOM_E2E_BUILT) return
  const page = process.env.BEATLOOM_E2E_PAGE ?? join(ROOT, 'editor/dist')
  const vite = join(ROOT, 'editor/node_modules/vite/bin/vite.js')
  const words = [vite, 'build', 'editor', '--logLevel', 'warn', '--outDir', page, '--emptyOutDir']
  execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' })
}
