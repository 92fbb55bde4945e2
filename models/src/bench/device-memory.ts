import { spawn } from 'node:child_process'

export interface DeviceMemory {
  /** The last reading. */
  nowGB: number
  /** The largest reading since it was last set to zero. */
  peakGB: number
  end(): void
}

/** The NVIDIA device's memory in use by everything on it, in 10⁹ bytes, read five times a second; zero without one. */
export function watchDeviceMemory(): DeviceMemory {
  const query = ['--query-gpu=memory.used', '--format=csv,noheader,nounits', '-lms', '200']
  const child = spawn('nvidia-smi', query, { stdio: ['ignore', 'pipe', 'ignore'] })
  const watched = { nowGB: 0, peakGB: 0, end: () => void child.kill() }
  child.on('error', () => {})
  child.stdout.on('data', (text: Buffer) => {
    for (const line of text.toString().trim().split('\n')) {
      watched.nowGB = (Number(line) * 2 ** 20) / 1e9 || 0
      watched.peakGB = Math.max(watched.peakGB, watched.nowGB)
    }
  })
  return watched
}
