import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import type { ProviderName } from '../host/protocol.ts'

const require = createRequire(import.meta.url)

/** Version of ONNX Runtime, read without loading it. */
export function runtimeVersion(): string {
  return (JSON.parse(readFileSync(join(runtimeFolder(), 'package.json'), 'utf8')) as { version: string }).version
}

function runtimeFolder(): string {
  return dirname(dirname(require.resolve('onnxruntime-node')))
}

/**
 * A name for what a measurement depends on besides the model: processor, graphics devices, runtime and the provider
 * libraries beside it. Changes when a card is added or a library installed.
 */
export function machineKey(): string {
  const processors = cpus()
  const parts = [
    process.platform,
    process.arch,
    processors[0]?.model ?? '',
    processors.length,
    listing('/proc/driver/nvidia/gpus'),
    listing('/dev/dri'),
    existsSync('/dev/dxg'),
    runtimeVersion(),
    providerLibraries(),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

/** The graphics card that CUDA uses in this process: the first it is shown, by number or by name. */
export const ownCard = (): string => process.env['CUDA_VISIBLE_DEVICES']?.split(',')[0] ?? '0'

/**
 * The library that a provider needs beside the runtime, when it is not there; the npm package brings none of these.
 * Other providers are part of the runtime, where a system has them at all.
 */
export function missingLibrary(provider: ProviderName): string | null {
  if (provider !== 'cuda' && provider !== 'tensorrt') return null
  const name = `onnxruntime_providers_${provider}`
  const library = process.platform === 'win32' ? `${name}.dll` : `lib${name}.so`
  return providerLibraries().includes(library) ? null : library
}

function providerLibraries(): string[] {
  return listing(join(runtimeFolder(), 'bin', 'napi-v6', process.platform, process.arch))
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
