import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type GuardOptions, isLoopback } from './guard.ts'

/**
 * Where another device on the same network finds this server, token included.
 * @returns null where the server listens to this machine alone, or has no address on a network.
 */
export function shareAddress(
  { host, token }: Pick<GuardOptions, 'host' | 'token'>,
  port: number,
  interfaces = networkInterfaces(),
): string | null {
  if (isLoopback(host)) return null
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? firstAddress(interfaces) : host
  if (!name) return null
  const query = token ? `?token=${encodeURIComponent(token)}` : ''
  return `http://${isIP(name) === 6 ? `[${name}]` : name}:${port}/${query}`
}

function firstAddress(interfaces: ReturnType<typeof networkInterfaces>): string | undefined {
  const outside = Object.values(interfaces).flatMap((list) => (list ?? []).filter((one) => !one.internal))
  return (outside.find((one) => one.family === 'IPv4') ?? outside[0])?.address
}
