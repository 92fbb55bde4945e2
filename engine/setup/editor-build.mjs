import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { inWords, runQuietly, say } from './processes.mjs'
import { withSetupLock } from './setup-lock.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

const EDITOR = join(ROOT, 'editor')
/** What else the page is built from. */
const SOURCES = ['engine/core/src', 'nodes/words', 'pnpm-lock.yaml']

/** Builds the page when its sources changed. */
export async function buildEditor({ node, env }) {
  const hash = hashOf([EDITOR, ...SOURCES.map((source) => join(ROOT, source))])
  if (isBuilt(hash)) return
  await withSetupLock(async () => {
    if (isBuilt(hash)) return
    say('Building the editor …', '正在构建编辑器……')
    const vite = join(EDITOR, 'node_modules', 'vite', 'bin', 'vite.js')
    const status = await runQuietly(node, [vite, 'build', '--logLevel', 'warn'], { cwd: EDITOR, env })
    if (status !== 0)
      throw new Error(inWords('The editor could not be built; the lines above say why.', '编辑器未能构建，原因见上。'))
    stamp('editor', hash)
  })
}

const isBuilt = (hash) => existsSync(join(EDITOR, 'dist', 'index.html')) && isStamped('editor', hash)
