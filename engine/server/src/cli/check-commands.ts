import { quoteInWords } from '../quote/quote.ts'
import { EXIT } from './command-error.ts'
import { type HelpWord, helpWord, padded } from './help.ts'
import { columnsOf, speak } from './language.ts'
import { openTarget } from './open-target.ts'
import { printIssues, printLine, readInvocation, requestOf } from './run-command.ts'

const say = (text: string): boolean => process.stderr.write(`${speak(text)}\n`)

/** `validate`: every problem; exit status 2 when a wanted output depends on one. */
export async function validateCommand(args: string[]): Promise<number> {
  const invocation = await readInvocation(args)
  if (!invocation) return EXIT.done
  const target = await openTarget(say)
  try {
    const issues = await target.validate(invocation.workflow, await requestOf(target, invocation))
    const json = invocation.flags.options.json ?? false
    printIssues(issues, json)
    const invalid = issues.some((issue) => issue.severity === 'error')
    if (!invalid && !json) process.stdout.write(`${speak('This workflow can run.')}\n`)
    return invalid ? EXIT.usage : EXIT.done
  } finally {
    await target.close()
  }
}

/** `plan`: which nodes would run, which are cached, and why; how long it would take, and what it needs. */
export async function planCommand(args: string[]): Promise<number> {
  const invocation = await readInvocation(args)
  if (!invocation) return EXIT.done
  const target = await openTarget(say)
  try {
    const { issues, nodes, quote } = await target.plan(invocation.workflow, await requestOf(target, invocation))
    const json = invocation.flags.options.json ?? false
    printIssues(issues, json)
    if (json) {
      if (quote) printLine({ quote })
      for (const node of nodes) printLine(node)
    } else {
      for (const line of planTable(nodes)) process.stdout.write(`${line}\n`)
      if (quote) process.stdout.write(`${speak(quoteInWords(quote))}\n`)
    }
    return issues.some((issue) => issue.severity === 'error') ? EXIT.usage : EXIT.done
  } finally {
    await target.close()
  }
}

function planTable(nodes: { node: string; action: HelpWord; reason: string }[]): string[] {
  const width = Math.max(0, ...nodes.map(({ node }) => columnsOf(node))) + 2
  return nodes.map(({ node, action, reason }) =>
    `${padded(node, width)}${padded(helpWord(action), 10)}${speak(reason)}`.trimEnd(),
  )
}
