import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { beatloom, startServer, untilPrinted } from '../testing/processes.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { sleepyWorkflow, workflowOf } from '../testing/workflows.ts'

function place(workflow: Workflow): { folder: string; file: string; data: string } {
  const folder = temporaryFolder()
  const file = join(folder, 'workflow.json')
  writeFileSync(file, JSON.stringify(workflow))
  return { folder, file, data: join(folder, 'data') }
}

const lastLine = (text: string) => JSON.parse(text.trim().split('\n').at(-1) as string)

it('runs a workflow, writes the result where the person stood and ends with the outputs', async () => {
  const { folder, file, data } = place(sleepyWorkflow({ milliseconds: 20 }))
  const args = ['run', 'workflow.json', '--amount', '7', '--out', 'sub/clip.mp4', '--json']
  const run = beatloom(args, data, { INIT_CWD: folder })
  expect(await run.ended).toBe(0)
  expect(readFileSync(join(folder, 'sub', 'clip.mp4'), 'utf8')).toBe('value 7')
  const last = lastLine(run.stdout())
  expect(last).toMatchObject({
    type: 'run.finished',
    outputs: [{ name: 'result', path: join(folder, 'sub', 'clip.mp4') }],
  })
  expect(last.outputs[0].sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(last.peakRssBytes).toBeGreaterThan(50e6)
  expect(existsSync(file)).toBe(true)
})

it('shows each problem of an invalid run and exits with 2', async () => {
  const { file, data } = place(sleepyWorkflow())
  const run = beatloom(['run', file, '--amount', '99', '--speed', '3'], data)
  expect(await run.ended).toBe(2)
  expect(run.stderr()).toMatch(/no flag --speed/)
  expect(run.stderr()).toMatch(/amount is 99; it must be from 1 to 50/)
})

it.each([
  [['run', 'nowhere.json'], /no workflow file "nowhere.json"/],
  [['walk'], /no command "walk"/],
  [['nodes', 'test.numbr'], /did you mean "test.number"/],
])('exits with 2 for %j', async (args, message) => {
  const run = beatloom(args, temporaryFolder())
  expect(await run.ended).toBe(2)
  expect(run.stderr()).toMatch(message)
})

it('exits with 2 for JSON that is no workflow', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'list.json'), '[]')
  const run = beatloom(['validate', join(folder, 'list.json')], join(folder, 'data'))
  expect(await run.ended).toBe(2)
  expect(run.stderr()).toMatch(/A workflow is a JSON object; this is an array/)
})

it('exits with 1 when a node fails, and says which', async () => {
  const { file, data } = place(
    workflowOf(
      { one: { type: 'test.number' }, bad: { type: 'test.fail', links: { value: { node: 'one', port: 'value' } } } },
      'bad',
    ),
  )
  const run = beatloom(['run', file], data)
  expect(await run.ended).toBe(1)
  expect(run.stderr()).toMatch(/Node "bad" \(Fail\) failed: Cannot read .* \[media_unreadable\]/)
})

it('cancels cleanly on an interrupt and exits with 130', async () => {
  const { file, data } = place(sleepyWorkflow({ milliseconds: 60_000 }))
  const run = beatloom(['run', file, '--json'], data)
  await untilPrinted(run, /"node.started","node":"nap"/)
  // Steps of the sleeping node are 6 s long; a second interrupt ends it at once.
  run.child.kill('SIGINT')
  await untilPrinted(run, /Cancelling/)
  await new Promise((resolve) => setTimeout(resolve, 600))
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(130)
})

it('stops within a step on one interrupt', async () => {
  const { file, data } = place(sleepyWorkflow({ milliseconds: 3_000 }))
  const run = beatloom(['run', file, '--json'], data)
  await untilPrinted(run, /"node.started","node":"nap"/)
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(130)
  expect(lastLine(run.stdout()).type).toBe('run.cancelled')
})

it('ends quietly when its reader leaves, as a program in a pipe does', async () => {
  const { file, data } = place(sleepyWorkflow({ milliseconds: 5_000 }))
  const run = beatloom(['run', file, '--json'], data)
  await untilPrinted(run, /"run.started"/)
  run.child.stdout?.destroy()
  expect(await run.ended).toBe(141)
  expect(run.stderr()).toBe('')
})

it('brings in the files it is given', async () => {
  const workflow = workflowOf({ read: { type: 'test.read' } }, 'read', {
    inputs: { picture: { node: 'read', param: 'file' } },
  })
  const { folder, file, data } = place(workflow)
  writeFileSync(join(folder, 'cover.jpg'), 'x')
  const run = beatloom(['run', file, '--picture', 'cover.jpg', '--json'], data, { INIT_CWD: folder })
  expect(await run.ended).toBe(0)
  expect(lastLine(run.stdout()).outputs).toEqual([{ name: 'result', value: 'cover.jpg'.length }])
  const missing = beatloom(['run', file, '--picture', 'nothing.jpg'], data, { INIT_CWD: folder })
  expect(await missing.ended).toBe(2)
  expect(missing.stderr()).toMatch(/picture: there is no file "nothing.jpg"/)
})

it('brings in several files in their order, written one a flag or with commas, and names each that is missing', async () => {
  const workflow = workflowOf({ read: { type: 'test.read-several' } }, 'read', {
    inputs: { picture: { node: 'read', param: 'files' } },
  })
  const { folder, file, data } = place(workflow)
  for (const name of ['a.jpg', 'b.jpg', 'c, d.jpg']) writeFileSync(join(folder, name), name)
  const made = async (...args: string[]) => {
    const run = beatloom(['run', file, ...args, '--json'], data, { INIT_CWD: folder })
    expect(await run.ended, run.stderr()).toBe(0)
    return lastLine(run.stdout()).outputs
  }
  const value = (text: string) => [{ name: 'result', value: text }]
  expect(await made('--picture', 'b.jpg', '--picture', 'c, d.jpg', '--picture', 'a.jpg')).toEqual(
    value('b.jpg then c, d.jpg then a.jpg'),
  )
  expect(await made('--picture', 'b.jpg,a.jpg')).toEqual(value('b.jpg then a.jpg'))
  expect(await made('--picture', 'a.jpg')).toEqual(value('a.jpg'))
  const missing = beatloom(['run', file, '--picture', 'a.jpg,gone.jpg', '--picture', 'no, such.jpg'], data, {
    INIT_CWD: folder,
  })
  expect(await missing.ended).toBe(2)
  expect(missing.stderr()).toMatch(/picture: there is no file "gone.jpg"/)
  expect(missing.stderr()).toMatch(/picture: there is no file "no, such.jpg"/)
  expect(missing.stderr()).not.toMatch(/there is no file "a.jpg"/)
})

it('plans without running', async () => {
  const { file, data } = place(sleepyWorkflow())
  const run = beatloom(['plan', file, '--json'], data)
  expect(await run.ended).toBe(0)
  expect(lastLine(run.stdout())).toEqual({
    node: 'save',
    action: 'run',
    reason: 'not run before',
    // Next to nothing, for a node that says nothing of its cost and was never seen here.
    seconds: 0.002,
  })
})

it('hands its run to a server that has the data folder', async () => {
  const { folder, file, data } = place(sleepyWorkflow({ milliseconds: 20 }))
  const server = await startServer(data)
  const run = beatloom(['run', file, '--amount', '9', '--out', join(folder, 'clip.mp4'), '--json'], data)
  expect(await run.ended).toBe(0)
  expect(readFileSync(join(folder, 'clip.mp4'), 'utf8')).toBe('value 9')
  const { runs } = (await (await fetch(`${server.url}/api/v1/runs`)).json()) as { runs: { state: string }[] }
  expect(runs.map(({ state }) => state)).toEqual(['done'])
})

it('waits for another command on the same data folder, and says so', async () => {
  const { file, data } = place(sleepyWorkflow({ milliseconds: 1_500 }))
  mkdirSync(data, { recursive: true })
  const first = beatloom(['run', file, '--json'], data)
  await untilPrinted(first, /run.queued/)
  const second = beatloom(['run', file, '--json', '--amount', '3'], data)
  await untilPrinted(second, /waiting for it to end/)
  expect([await first.ended, await second.ended]).toEqual([0, 0])
})
