import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installDebianPackage } from './debian.mjs'
import { ROOT } from './paths.mjs'
import { inWords, runQuietly, say } from './processes.mjs'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * A Chromium for the end-to-end tests: the one named in BEATLOOM_CHROMIUM, the system's, Playwright's own, or one
 * that is installed now.
 * @returns {Promise<string>} its path
 */
export async function bringBrowser({ node, env }) {
  const found = findBrowser(env)
  if (found) return found
  say('Getting a Chromium for the tests …', '正在获取测试用的 Chromium……')
  await runQuietly(node, [join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], { env })
  const downloaded = findBrowser(env)
  if (downloaded) return downloaded
  await installDebianPackage('chromium')
  const installed = findBrowser(env)
  if (installed) return installed
  throw new Error(
    inWords(
      'The end-to-end tests need Chromium or Chrome: install one, or name one in BEATLOOM_CHROMIUM.',
      '端到端测试需要 Chromium 或 Chrome：请安装，或在 BEATLOOM_CHROMIUM 中指定。',
    ),
  )
}

/** Letters for Chinese pages: without any, boxes stand where the kept pictures have words. */
export async function bringChineseFont(env) {
  const found = spawnSync('fc-list', [':lang=zh-cn'], { env, encoding: 'utf8' })
  // Without fontconfig there is nothing to ask, and other systems bring their own.
  if (found.status !== 0 || found.stdout.trim() !== '') return
  await installDebianPackage('fonts-wqy-microhei')
}

function findBrowser(env) {
  if (env.BEATLOOM_CHROMIUM) return env.BEATLOOM_CHROMIUM
  for (const name of BROWSERS) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { env, encoding: 'utf8' })
    if (found.status === 0 && found.stdout.trim()) return found.stdout.trim()
  }
  const path = createRequire(join(ROOT, 'package.json'))('@playwright/test').chromium.executablePath()
  return existsSync(path) ? path : null
}

/** An ffmpeg that can write our videos; looked for by the product's own finder. */
export async function bringFfmpeg({ node, env }) {
  if (hasFfmpeg(node, env)) return
  await installDebianPackage('ffmpeg')
  if (!hasFfmpeg(node, env)) {
    throw new Error(
      inWords(
        'The tests need ffmpeg with libx264 and aac: install it, or name one in BEATLOOM_FFMPEG.',
        '测试需要带 libx264 与 aac 的 ffmpeg：请安装，或在 BEATLOOM_FFMPEG 中指定。',
      ),
    )
  }
}

function hasFfmpeg(node, env) {
  const finder = new URL('../media/src/find-ffmpeg.ts', import.meta.url).href
  const script = `import(${JSON.stringify(finder)}).then((m) => m.findFfmpeg()).then(() => process.exit(0), () => process.exit(1))`
  return spawnSync(node, ['--input-type=module', '-e', script], { env }).status === 0
}
