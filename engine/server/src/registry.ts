import { pathToFileURL } from 'node:url'
import { createRegistry, type NodeDefinition, type Registry } from '@beatloom/core'

/**
 * The node types this process knows. Tests may put a module of their own in place (`BEATLOOM_TEST_NODES`, a file that
 * exports `nodes`); outside NODE_ENV=test the variable is not looked at.
 */
export async function loadRegistry(env: NodeJS.ProcessEnv = process.env): Promise<Registry> {
  const testModule = env.NODE_ENV === 'test' ? env.BEATLOOM_TEST_NODES : undefined
  if (testModule) {
    const { nodes } = (await import(pathToFileURL(testModule).href)) as { nodes: NodeDefinition[] }
    return createRegistry(nodes)
  }
  const { allNodes } = await import('@beatloom/nodes')
  return createRegistry(allNodes)
}
