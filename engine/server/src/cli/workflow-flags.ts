import { parseArgs } from 'node:util'
import { describeNode, nearestName, type ParamDescriptor, type Registry, type Workflow } from '@beatloom/core'

/** A declared input of a workflow as a command line flag. */
export interface InputFlag {
  /** The input's own name, `promptWeight`. */
  input: string
  /** `prompt-weight` */
  flag: string
  param: ParamDescriptor
  help: string
  /** From the workflow file, else from the node type. */
  fallback: unknown
  min: number | undefined
  max: number | undefined
  choices: string[] | null
  kind: 'file' | 'boolean' | 'number' | 'text'
}

/** Flags that every workflow has. An input of such a name is given as `--input name=value`. */
export const RUN_OPTIONS = {
  out: { type: 'string' },
  output: { type: 'string', multiple: true },
  input: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  'try-anyway': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-')

/** In the order the workflow gives them. Inputs whose node type is unknown are left out: validation names them. */
export function inputFlags(workflow: Workflow, registry: Registry): InputFlag[] {
  const flags: InputFlag[] = []
  const inputs = Object.entries(workflow.inputs).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0))
  for (const [input, declared] of inputs) {
    const node = workflow.nodes[declared.node]
    const definition = node && registry.get(node.type)
    const param = definition && describeNode(definition).params.find((one) => one.name === declared.param)
    if (!node || !param) continue
    const number = numberRange(param.schema)
    flags.push({
      input,
      flag: kebab(input),
      param,
      help: declared.help ?? declared.label ?? param.description,
      fallback: node.params[declared.param] ?? param.default,
      min: declared.min ?? number.min,
      max: declared.max ?? number.max,
      choices: choicesOf(param.schema),
      kind: kindOf(param),
    })
  }
  return flags
}

function kindOf(param: ParamDescriptor): InputFlag['kind'] {
  if (param.widget === 'file') return 'file'
  if (param.schema.type === 'boolean') return 'boolean'
  return param.schema.type === 'number' || param.schema.type === 'integer' || typeof param.default === 'number'
    ? 'number'
    : 'text'
}

function numberRange(schema: Record<string, unknown>): { min?: number; max?: number } {
  const edge = (name: string): number | undefined => {
    const value = schema[name]
    // JSON Schema of an integer spells out the safe range; nobody wants to read that.
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
  }
  return { min: edge('minimum') ?? edge('exclusiveMinimum'), max: edge('maximum') ?? edge('exclusiveMaximum') }
}

/** Words or numbers to choose from, as text; null for an open range. */
function choicesOf(schema: Record<string, unknown>): string[] | null {
  if (Array.isArray(schema.enum)) return schema.enum.map(String)
  if (!Array.isArray(schema.anyOf)) return null
  const constants = (schema.anyOf as Record<string, unknown>[]).map((option) => option.const)
  return constants.every((value) => value !== undefined) ? constants.map(String) : null
}

export interface ParsedFlags {
  /** By input name; files as the path the person wrote, a list of paths where several are taken. */
  values: Record<string, unknown>
  /** Input names whose value is a path or a list of them. */
  files: string[]
  options: { out?: string; output?: string[]; json?: boolean; tryAnyway?: boolean; help?: boolean }
  positionals: string[]
  /** Everything wrong with the command line, one sentence each. */
  problems: string[]
}

/** Reads `--flag value`, `--flag=value`, `--flag` and `--no-flag`; numbers may be negative. */
export function parseFlags(args: string[], flags: readonly InputFlag[]): ParsedFlags {
  const free = flags.filter((flag) => !(flag.flag in RUN_OPTIONS))
  const options = {
    ...Object.fromEntries(
      free.map((flag) => [flag.flag, { type: flag.kind === 'boolean' ? ('boolean' as const) : ('string' as const) }]),
    ),
    ...RUN_OPTIONS,
  }
  const parsed = parseArgs({ args, options, strict: false, allowNegative: true, allowPositionals: true, tokens: true })
  const result: ParsedFlags = { values: {}, files: [], options: {}, positionals: [], problems: [] }
  let afterUnknown = false
  for (const token of parsed.tokens) {
    // A word behind an unknown flag was meant as its value.
    if (token.kind === 'positional' && !afterUnknown) result.positionals.push(token.value)
    afterUnknown = false
    if (token.kind !== 'option') continue
    const flag = free.find((one) => one.flag === token.name || `no-${one.flag}` === token.name)
    if (flag) takeInput(result, flag, flag.kind === 'boolean' ? booleanText(token) : token.value, token.rawName)
    else if (!(token.name in RUN_OPTIONS)) {
      result.problems.push(unknownFlag(token.rawName, free))
      afterUnknown = true
    }
  }
  const { 'try-anyway': tryAnyway, ...rest } = parsed.values as { 'try-anyway'?: boolean }
  const { out, output, json, help, input } = rest as ParsedFlags['options'] & { input?: string[] }
  for (const [name, value] of Object.entries({ out })) {
    if (typeof value === 'boolean') result.problems.push(`--${name} needs a value.`)
  }
  result.options = { out, output, json, tryAnyway, help }
  for (const pair of input ?? []) takePair(result, pair, flags)
  return result
}

function booleanText(token: { name: string; rawName: string; value?: string | undefined }): string {
  return token.value ?? (token.rawName.startsWith('--no-') ? 'false' : 'true')
}

function takePair(result: ParsedFlags, pair: string, flags: readonly InputFlag[]): void {
  const [name, ...rest] = pair.split('=')
  const flag = flags.find((one) => one.input === name)
  if (!flag)
    result.problems.push(
      `--input ${pair}: this workflow has no input "${name}"; it has ${list(flags.map((one) => one.input))}.`,
    )
  else takeInput(result, flag, rest.length > 0 ? rest.join('=') : undefined, `--input ${name}`)
}

function takeInput(result: ParsedFlags, flag: InputFlag, text: string | undefined, written: string): void {
  if (text === undefined) {
    result.problems.push(`${written} needs a value.`)
    return
  }
  const value = parsedValue(flag, text)
  if (value === undefined) {
    result.problems.push(`${written} takes ${takes(flag)}; "${text}" is not that.`)
    return
  }
  if (flag.kind === 'file' && !result.files.includes(flag.input)) result.files.push(flag.input)
  const before = result.values[flag.input]
  // Given again, a list grows; of anything else the last one counts.
  result.values[flag.input] = flag.param.several ? [...(Array.isArray(before) ? before : []), value] : value
}

/** Undefined when the text cannot be such a value. Ranges are validation's business. */
function parsedValue(flag: InputFlag, text: string): unknown {
  if (flag.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  if (flag.kind !== 'number') return text
  const number = Number(text)
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number
}

function unknownFlag(written: string, flags: readonly InputFlag[]): string {
  const names = [...flags.map((flag) => flag.flag), ...Object.keys(RUN_OPTIONS)]
  const near = nearestName(written.replace(/^-+/, ''), names)
  const hint = near ? ` (did you mean --${near}?)` : ''
  return `There is no flag ${written}${hint}; there are ${list(names.map((name) => `--${name}`))}.`
}

const list = (names: readonly string[]): string => names.join(', ')

/** What a flag takes, in words: `a number from 3 to 15`. */
export function takes(flag: InputFlag): string {
  if (flag.kind === 'file' && flag.param.several)
    return flag.param.accept === 'image'
      ? 'one picture or more: repeat it for each'
      : 'one file or more: repeat it for each'
  if (flag.kind === 'file')
    return `${flag.param.accept === 'image' ? 'a picture' : flag.param.accept ? `${article(flag.param.accept)} file` : 'a file'}`
  if (flag.choices) return flag.choices.join(' | ')
  if (flag.kind === 'boolean') return 'true or false'
  if (flag.kind === 'text')
    return flag.param.widget === 'seed' ? 'a whole number from 0 to 18446744073709551615' : 'text'
  const { min, max } = flag
  if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`
  return min === undefined ? (max === undefined ? 'a number' : `a number up to ${max}`) : `a number from ${min}`
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`)
