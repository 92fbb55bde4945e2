import { parseArgs } from 'node:util'
import { describeNode, type NodeDescriptor, nearestName } from '@beatloom/core'
import type { ProviderReport } from '@beatloom/models'
import type { NodeWords } from '@beatloom/node-words'
import type { ModelFacts } from '../engine.ts'
import { loadRegistry } from '../registry.ts'
import { EXIT, UsageError } from './command-error.ts'
import { helpWord, padded } from './help.ts'
import { CHINESE, LANGUAGE, numberText, speak } from './language.ts'
import { openTarget } from './open-target.ts'
import { printLine } from './run-command.ts'

function parse(args: string[]): { json: boolean; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean' } }, allowPositionals: true })
    return { json: values.json ?? false, positionals }
  } catch (error) {
    throw new UsageError([(error as Error).message])
  }
}

/** `nodes`: all types by category; with a name, that one's ports and params. */
export async function nodesCommand(args: string[]): Promise<number> {
  const { json, positionals } = parse(args)
  const all = [...(await loadRegistry()).values()].map(describeNode)
  const [name] = positionals
  const nodes = name === undefined ? all : all.filter((node) => node.type === name)
  if (nodes.length === 0 && name !== undefined) {
    const types = all.map((node) => node.type)
    const near = nearestName(name, types)
    throw new UsageError([
      `There is no node type "${name}"${near ? ` (did you mean "${near}"?)` : ''}. Types: ${types.join(', ')}.`,
    ])
  }
  if (json) for (const node of nodes) printLine(node)
  else if (name !== undefined) process.stdout.write(`${nodes.map(describe).join('\n')}\n`)
  else process.stdout.write(`${nodes.map(nodeLine).join('\n')}\n`)
  return EXIT.done
}

/** The Chinese words of a node type, for those who read Chinese. */
const wordsOf = (node: NodeDescriptor): NodeWords | undefined => CHINESE?.zhNodes[node.type]

function nodeLine(node: NodeDescriptor): string {
  const { title, description } = wordsOf(node) ?? node
  return `${padded(node.type, 26)}${title}${LANGUAGE === 'zh' ? '：' : ': '}${description}`
}

function describe(node: NodeDescriptor): string {
  const words = wordsOf(node)
  const { title, description } = words ?? node
  const ports = (list: NodeDescriptor['outputs']): string[] =>
    list.map((port) => `    ${port.name}: ${port.type}${port.list ? ` ${helpWord('listOf')}` : ''}`)
  const params = node.params.map((param) => {
    const help = words?.params?.[param.name]?.help ?? param.description
    return `    ${param.name} = ${JSON.stringify(param.default)}  ${help}`
  })
  return [`${node.type} (${helpWord('version')} ${node.version}): ${title}`, `  ${description}`]
    .concat(`  ${helpWord('nodeInputs')}`, ports(node.inputs))
    .concat(`  ${helpWord('nodeOutputs')}`, ports(node.outputs))
    .concat(`  ${helpWord('nodeParams')}`, params)
    .join('\n')
}

/** `models list`: what is installed and where it runs. */
export async function listModelsCommand(args: string[]): Promise<number> {
  const { json, positionals } = parse(args)
  if (positionals.length > 0) throw new UsageError([`Not understood: ${positionals.join(' ')}.`])
  const target = await openTarget((text) => process.stderr.write(`${speak(text)}\n`))
  try {
    const { models, providers } = await target.models()
    if (json) for (const model of models) printLine(model)
    else process.stdout.write(`${[...models.map(modelLine), ...providers.map(providerLine)].join('\n')}\n`)
    return EXIT.done
  } finally {
    await target.close()
  }
}

function modelLine({ name, title, sizeBytes, licence, source, provider }: ModelFacts): string {
  const runs = provider && speak(`runs on ${provider}`)
  const facts = [title, `${numberText(sizeBytes / 1e6, 1)} MB`, licence, source, runs]
  return `${name.padEnd(16)} ${facts.filter(Boolean).join(' · ')}`
}

function providerLine({ provider, available, reason, measured }: ProviderReport): string {
  const times = Object.entries(measured).map(([model, seconds]) => speak(`${model} ${numberText(seconds, 2)} s a call`))
  const state = available ? [speak('available'), ...times].join(', ') : speak(`not available: ${reason ?? 'unknown'}`)
  return `  ${provider.padEnd(14)}${state}`
}
