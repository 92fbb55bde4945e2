import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ROOT, TOOLS } from './paths.mjs'
import { inWords, runQuietly, say } from './processes.mjs'
import { withSetupLock } from './setup-lock.mjs'

const NODE_VERSION = '24.21.0'
const PNPM_VERSION = '10.34.9'
const OWN_NODE_MAJOR = Number(process.versions.node.split('.')[0])
const PNPM = join(TOOLS, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs')
const BROUGHT_NODE = join(TOOLS, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Node 24 and pnpm at exact versions: the machine's own Node where it is new enough, else one from the npm registry,
 * installed once; later starts ask no registry.
 * @returns {Promise<{node: string, pnpm: string, env: NodeJS.ProcessEnv}>}
 */
export async function bringToolchain() {
  if (!isComplete()) await withSetupLock(install)
  const node = OWN_NODE_MAJOR >= 24 ? process.execPath : BROUGHT_NODE
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`
  // Paths on the command line are meant from where the person stood; npm has moved to the repository by now.
  return {
    node,
    pnpm: PNPM,
    env: {
      ...process.env,
      PATH: path,
      INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
      NODE_COMPILE_CACHE: join(TOOLS, 'compile-cache'),
    },
  }
}

function isComplete() {
  return hasPackage('pnpm', PNPM_VERSION) && (OWN_NODE_MAJOR >= 24 || hasNode())
}

function hasPackage(name, version) {
  const path = join(TOOLS, 'node_modules', name, 'package.json')
  return existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).version === version
}

const hasNode = () => hasPackage('node', NODE_VERSION) && existsSync(BROUGHT_NODE)

async function install() {
  if (isComplete()) return
  const wanted = [`pnpm@${PNPM_VERSION}`]
  if (OWN_NODE_MAJOR < 24) wanted.push(`node@${NODE_VERSION}`)
  say(
    `Getting ${wanted.join(' and ')} from the npm registry (once) …`,
    `正在从 npm 获取 ${wanted.join(' 和 ')}（仅此一次）……`,
  )
  mkdirSync(TOOLS, { recursive: true })
  // Keeps npm from taking the repository above for its project.
  writeFileSync(join(TOOLS, 'package.json'), '{ "private": true }\n')
  const flags = ['--no-save', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  const status = await runQuietly('npm', ['install', '--prefix', TOOLS, ...flags, ...wanted], { cwd: TOOLS })
  if (status !== 0) {
    throw new Error(
      inWords(
        'npm could not install Node 24 and pnpm; the lines above say why. Is the npm registry reachable?',
        'npm 未能安装 Node 24 和 pnpm，原因见上。请确认能访问 npm 仓库。',
      ),
    )
  }
  if (OWN_NODE_MAJOR < 24 && !runs(BROUGHT_NODE)) await finishNode()
}

/** The `node` package fetches the system's binary in an install script; newer npm does not run those unasked. */
async function finishNode() {
  const folder = join(TOOLS, 'node_modules', 'node')
  await runQuietly(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder })
  if (!runs(BROUGHT_NODE)) {
    throw new Error(
      inWords(
        `Node ${NODE_VERSION} for ${process.platform}-${process.arch} could not be installed; install Node 24 yourself and start again.`,
        `未能安装适用于 ${process.platform}-${process.arch} 的 Node ${NODE_VERSION}；请自行安装 Node 24 后重新启动。`,
      ),
    )
  }
}

const runs = (node) => existsSync(node) && spawnSync(node, ['--version'], { cwd: ROOT }).status === 0
