import { existsSync } from 'node:fs'
import { runQuietly, say } from './processes.mjs'

/** Installs a Debian package where this process may; quiet refusal elsewhere. @returns {Promise<boolean>} */
export async function installDebianPackage(name) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false
  say(`Installing the Debian package ${name} …`, `正在安装 Debian 软件包 ${name} ……`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () => runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env })
  if ((await install()) === 0) return true
  await runQuietly('apt-get', ['update', '-qq'], { env })
  return (await install()) === 0
}
