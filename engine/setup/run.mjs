#!/usr/bin/env node
/**
 * Every command of package.json begins here, on whatever Node ≥ 20.19 the machine has and with nothing installed:
 * brings the tools, installs, builds what changed, and runs the command under Node 24.
 */
import { dirname, join } from 'node:path'
import { installDependencies } from './dependencies.mjs'
import { buildEditor } from './editor-build.mjs'
import { CLI, ROOT } from './paths.mjs'
import { handOver, say } from './processes.mjs'
import { bringBrowser, bringChineseFont, bringFfmpeg } from './test-needs.mjs'
import { CHECK_STEPS, LONG_STEPS, runSteps, TEST_STEPS } from './test-steps.mjs'
import { bringToolchain } from './toolchain.mjs'

const BENCH = join(dirname(CLI), '..', 'bench', 'main.ts')

const COMMANDS = {
  async start(tools, args) {
    await buildEditor(tools)
    return handOver(tools.node, [CLI, 'serve', ...args], { cwd: ROOT, env: tools.env })
  },
  async beatloom(tools, args) {
    if (args[0] === 'serve') await buildEditor(tools)
    return handOver(tools.node, [CLI, ...args], { cwd: ROOT, env: tools.env })
  },
  /** The server, started again when its code changes, beside the editor's own development server. */
  async dev(tools, args) {
    const editor = join(ROOT, 'editor')
    const vite = join(editor, 'node_modules', 'vite', 'bin', 'vite.js')
    const server = handOver(tools.node, ['--watch', '--watch-preserve-output', CLI, 'serve', '--no-open'], {
      cwd: ROOT,
      env: tools.env,
    })
    const page = handOver(tools.node, [vite, ...args], { cwd: editor, env: tools.env })
    return Math.max(await server, await page)
  },
  check: (tools) => runSteps(CHECK_STEPS, tools),
  async test(tools, args) {
    await bringFfmpeg(tools)
    const browser = await bringBrowser(tools)
    await bringChineseFont(tools.env)
    await buildEditor(tools)
    const env = { ...tools.env, BEATLOOM_CHROMIUM: browser }
    return runSteps(TEST_STEPS, { ...tools, env }, args)
  },
  async 'test-long'(tools, args) {
    await bringFfmpeg(tools)
    const browser = await bringBrowser(tools)
    await bringChineseFont(tools.env)
    await buildEditor(tools)
    const env = { ...tools.env, BEATLOOM_CHROMIUM: browser }
    return runSteps(LONG_STEPS, { ...tools, env }, args)
  },
  bench: (tools, args) => handOver(tools.node, [BENCH, ...args], { cwd: ROOT, env: tools.env }),
}

async function main() {
  const [name, ...args] = process.argv.slice(2)
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null
  if (!command) {
    say(`Usage: node engine/setup/run.mjs ${Object.keys(COMMANDS).join('|')} …`)
    return 2
  }
  try {
    const tools = await bringToolchain()
    await installDependencies(tools)
    return await command(tools, args)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return 1
  }
}

process.exitCode = await main()
