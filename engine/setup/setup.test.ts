import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

/** A repository that holds nothing but the set-up scripts. */
function bareRepository(): string {
  const root = mkdtempSync(join(tmpdir(), 'beatloom-setup-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  cpSync(import.meta.dirname, join(root, 'engine', 'setup'), { recursive: true })
  return root
}

/** Runs a script with the set-up modules at hand. */
function script(root: string, code: string): Promise<{ status: number | null; output: string }> {
  const path = join(root, 'engine', 'setup', `script-${crypto.randomUUID()}.mjs`)
  writeFileSync(path, code)
  const env = { ...process.env, BEATLOOM_LANG: 'en' }
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, output })))
}

it('lets only one of several first starts do the work', async () => {
  const root = bareRepository()
  const log = join(root, 'log')
  const work = `
    import { appendFileSync, existsSync } from 'node:fs'
    import { withSetupLock } from './setup-lock.mjs'
    await withSetupLock(async () => {
      if (existsSync(${JSON.stringify(`${log}.done`)})) return
      appendFileSync(${JSON.stringify(log)}, 'installed\\n')
      await new Promise((resolve) => setTimeout(resolve, 300))
      appendFileSync(${JSON.stringify(`${log}.done`)}, '')
    })`
  const ends = await Promise.all([script(root, work), script(root, work), script(root, work)])
  expect(ends.map((end) => end.status)).toEqual([0, 0, 0])
  expect(readFileSync(log, 'utf8')).toBe('installed\n')
  expect(ends.some((end) => end.output.includes('waiting for it'))).toBe(true)
  expect(existsSync(join(root, '.tools', 'setup.lock'))).toBe(false)
})

it('takes over from a start that was killed', async () => {
  const root = bareRepository()
  mkdirSync(join(root, '.tools'))
  const gone = await script(root, 'process.stdout.write(String(process.pid))')
  writeFileSync(join(root, '.tools', 'setup.lock'), gone.output)
  const { output } = await script(
    root,
    `import { withSetupLock } from './setup-lock.mjs'; process.stdout.write(await withSetupLock(async () => 'mine'))`,
  )
  expect(output).toContain('mine')
})

it('does again what changed, and only that', async () => {
  const root = bareRepository()
  mkdirSync(join(root, 'source'))
  const check = async (): Promise<string> => {
    const code = `
      import { join } from 'node:path'
      import { ROOT } from './paths.mjs'
      import { hashOf, isStamped, stamp } from './stamps.mjs'
      const hash = hashOf([join(ROOT, 'source'), join(ROOT, 'missing.json')])
      process.stdout.write(isStamped('build', hash) ? 'kept' : 'built')
      stamp('build', hash)`
    return (await script(root, code)).output
  }
  expect(await check()).toBe('built')
  expect(await check()).toBe('kept')
  writeFileSync(join(root, 'source', 'a.ts'), 'one')
  expect(await check()).toBe('built')
  writeFileSync(join(root, 'source', 'a.ts'), 'two')
  expect(await check()).toBe('built')
  expect(await check()).toBe('kept')
})

it('passes the exit status and the output of a command through', async () => {
  const root = bareRepository()
  const { status, output } = await script(
    root,
    `import { handOver } from './processes.mjs'
     process.exitCode = await handOver(process.execPath, ['-e', 'console.log("hello"); process.exit(130)'])`,
  )
  expect([status, output]).toEqual([130, 'hello\n'])
})

it('reports every step of a check, sums up and fails when one failed', async () => {
  const root = bareRepository()
  const { status, output } = await script(
    root,
    `import { runSteps } from './test-steps.mjs'
     const step = (name, code, outcome) => ({ name, args: ['-e', code], cwd: '/', outcome: outcome && (() => outcome) })
     process.exitCode = await runSteps(
       [step('types', 'process.exit(1)'), step('tests', '', { passed: 12, failed: 0 }), step('more tests', 'process.exit(1)', { passed: 3, failed: 2 })],
       { node: process.execPath, env: process.env },
     )`,
  )
  expect(status).toBe(1)
  expect(output).toMatch(/failed {2}types .* s\nok {6}tests .* s\nfailed {2}more tests/)
  expect(output.trim().split('\n').at(-1)).toBe('15 passed, 3 failed')
})

it('names the tests that failed, or went well on their second try only, with the first line of why', async () => {
  const root = bareRepository()
  const { output } = await script(
    root,
    `import { runSteps } from './test-steps.mjs'
     import { playwrightOutcome, vitestOutcome } from './test-reports.mjs'
     const spec = (title, status, message) => ({
       file: 'tabs.spec.ts', title, tests: [{ status, results: message ? [{ error: { message } }, {}] : [{}] }],
     })
     const browser = {
       stats: { expected: 1, flaky: 1, unexpected: 1 },
       suites: [{
         specs: [spec('one', 'expected')],
         suites: [{ specs: [spec('two', 'flaky', '\\u001b[31mno box\\nat tabs'), spec('three', 'unexpected', 'no tab')] }],
       }],
     }
     const test = (fullName, status, ...failureMessages) => ({ fullName, status, failureMessages })
     const unit = {
       numPassedTests: 2, numFailedTests: 1,
       testResults: [
         { name: '${root}/a.test.ts', status: 'failed', assertionResults: [
           test('a good', 'passed'), test('a late', 'passed', 'Error: late\\n at a'), test('a bad', 'failed', 'Error: bad', 'Error: worse'),
         ] },
         { name: '${root}/b.test.ts', status: 'failed', message: 'cannot be read', assertionResults: [] },
       ],
     }
     const step = (name, outcome) => ({ name, args: ['-e', ''], cwd: '/', outcome: () => outcome })
     process.exitCode = await runSteps([step('unit', vitestOutcome(unit)), step('browser', playwrightOutcome(browser))],
       { node: process.execPath, env: process.env })`,
  )
  expect(output.trim().split('\n').slice(-6)).toEqual([
    'only on its second try: a.test.ts: a late: Error: late',
    'only on its second try: tabs.spec.ts: two: no box',
    'failed: a.test.ts: a bad: Error: bad',
    'failed: b.test.ts: cannot be read',
    'failed: tabs.spec.ts: three: no tab',
    '4 passed, 3 failed',
  ])
})
