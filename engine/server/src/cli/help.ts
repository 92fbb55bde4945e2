import type { Workflow } from '@beatloom/core'
import { type InputFlag, takes } from './workflow-flags.ts'

export const USAGE = `Beatloom: workflows that turn pictures and songs into video.

  beatloom run WORKFLOW [--INPUT VALUE …] [--out PATH] [--output NAME] [--json]
  beatloom plan WORKFLOW [--INPUT VALUE …] [--json]      which nodes would run, and why
  beatloom validate WORKFLOW [--INPUT VALUE …] [--json]  every problem at once
  beatloom nodes [NAME] [--json]                         node types with their ports and params
  beatloom models [--json]                               installed models
  beatloom serve [--no-open] [--port N]                  the server with the editor

WORKFLOW is a file, or the name of one in the gallery: song-video, beat-pulse, audio-analysis.
"beatloom run WORKFLOW --help" lists that workflow's inputs.

Exit status: 0 done, 1 failed, 2 wrong usage or invalid workflow, 130 cancelled.
Settings: BEATLOOM_DATA (data folder), BEATLOOM_PORT, BEATLOOM_TOKEN, BEATLOOM_FFMPEG,
BEATLOOM_MEMORY_MB (memory a run may take, for the quote).
`

/** The inputs of one workflow, each with what it takes and what it is when left out. */
export function workflowHelp(file: string, workflow: Workflow, flags: readonly InputFlag[]): string {
  const rows = flags.map((flag) => {
    const name = flag.kind === 'boolean' ? `--[no-]${flag.flag}` : `--${flag.flag}`
    const fallback = flag.fallback === '' || flag.fallback === null ? '' : `, default ${String(flag.fallback)}`
    return { name, text: `${flag.help ? `${flag.help} ` : ''}(${takes(flag)}${fallback})` }
  })
  const common = [
    { name: '--out', text: 'where to write the result: a file, or a folder for several' },
    {
      name: '--output',
      text: `only this output: ${Object.keys(workflow.outputs).join(', ') || 'the file declares none'}`,
    },
    { name: '--input', text: 'NAME=VALUE, another way to give any input' },
    { name: '--json', text: 'one event per line as JSON' },
  ]
  const width = Math.max(...[...rows, ...common].map((row) => row.name.length)) + 2
  const table = (list: typeof rows): string => list.map((row) => `  ${row.name.padEnd(width)}${row.text}`).join('\n')
  const about = workflow.description ? `\n${workflow.description}\n` : ''
  return `${workflow.title || file}\n${about}\nInputs:\n${table(rows)}\n\nOptions:\n${table(common)}\n`
}
