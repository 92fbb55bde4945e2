import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TOOLS } from './paths.mjs'
import { say } from './processes.mjs'

const LOCK = join(TOOLS, 'setup.lock')
const POLL_MS = 200

/** Runs `work` while no other start does: two first starts at once must not install over each other. */
export async function withSetupLock(work) {
  mkdirSync(TOOLS, { recursive: true })
  for (let told = false; !take(); ) {
    if (!told) say('Another start is setting things up; waiting for it.', '另一次启动正在准备环境，请稍候。')
    told = true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  try {
    return await work()
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    // Left by a start that was killed: the next round takes it.
    if (!isAlive(ownerOf())) rmSync(LOCK, { force: true })
    return false
  }
}

function ownerOf() {
  try {
    return Number(readFileSync(LOCK, 'utf8'))
  } catch {
    return process.pid
  }
}

function isAlive(pid) {
  // Created and not yet written.
  if (pid === 0) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
