import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { inWords, runQuietly, say } from './processes.mjs'
import { withSetupLock } from './setup-lock.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

/** Installs the packages when the lock file or a package.json changed since the last time it went well. */
export async function installDependencies({ node, pnpm, env }) {
  if (isUpToDate(env)) return
  await withSetupLock(async () => {
    if (isUpToDate(env)) return
    say('Installing packages …', '正在安装依赖包……')
    const installEnv = {
      ...env,
      CI: 'true', // no questions
      // Its script would download CUDA libraries of several hundred MB.
      ...(env.BEATLOOM_CUDA === '1' ? {} : { ONNXRUNTIME_NODE_INSTALL: 'skip' }),
    }
    const flags = ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn']
    const status = await runQuietly(node, [pnpm, ...flags], { cwd: ROOT, env: installEnv })
    if (status !== 0)
      throw new Error(
        inWords('The packages could not be installed; the lines above say why.', '依赖包未能安装，原因见上。'),
      )
    stamp('install', wantedHash(env))
  })
}

const isUpToDate = (env) => existsSync(join(ROOT, 'node_modules')) && isStamped('install', wantedHash(env))

function wantedHash(env) {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packageFiles()]
  return hashOf(
    files.map((file) => join(ROOT, file)),
    [process.platform, process.arch, env.BEATLOOM_CUDA === '1'],
  )
}

/** package.json of every workspace package, as pnpm-workspace.yaml lists them. */
function packageFiles() {
  const text = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8')
  const list = /^packages:\n((?: +- .*\n)+)/m.exec(text)?.[1] ?? ''
  const folders = [...list.matchAll(/- +["']?([^"'\n]+)/g)].map((match) => match[1].trim())
  return folders.flatMap((folder) =>
    folder.endsWith('/*')
      ? readdirSync(join(ROOT, folder.slice(0, -2))).map((name) => `${folder.slice(0, -1)}${name}/package.json`)
      : [`${folder}/package.json`],
  )
}
