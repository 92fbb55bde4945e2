import { spawn } from 'node:child_process'

/** The NVIDIA device's memory in use by everything on it, in 10⁹ bytes, read five times a second; zero without one. */
export function watchDeviceMemory(): { peakGB: number; end(): void } {
  const query = ['--query-gpu=memory.used', '--format=csv,noheader,nounits', '-lms', '200']
  const child = spawn('nvidia-smi', query, { stdio: ['ignore', 'pipe', 'ignore'] })
  const watched = { peakGB: 0, end: () => void child.kill() }
  child.on('error', () => {})
  child.stdout.on('data', (text: Buffer) => {
    for (const line of text.toString().trim().split('\n')) {
      watched.peakGB = Math.max(watched.peakGB, (Number(line) * 2 ** 20) / 1e9 || 0)
    }
  })
  return watched
}
