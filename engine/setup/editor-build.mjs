import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { runQuietly, say } from './processes.mjs'
import { withSetupLock } from './setup-lock.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

const EDITOR = join(ROOT, 'editor')

/** Builds the page when its sources changed. */
export async function buildEditor({ node, env }) {
  const hash = hashOf([EDITOR, join(ROOT, 'engine', 'core', 'src'), join(ROOT, 'pnpm-lock.yaml')])
  if (isBuilt(hash)) return
  await withSetupLock(async () => {
    if (isBuilt(hash)) return
    say('Building the editor …')
    const vite = join(EDITOR, 'node_modules', 'vite', 'bin', 'vite.js')
    const status = await runQuietly(node, [vite, 'build', '--logLevel', 'warn'], { cwd: EDITOR, env })
    if (status !== 0) throw new Error('The editor could not be built; the lines above say why.')
    stamp('editor', hash)
  })
}

const isBuilt = (hash) => existsSync(join(EDITOR, 'dist', 'index.html')) && isStamped('editor', hash)
