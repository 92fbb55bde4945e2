import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, TOOLS } from './paths.mjs'
import { handOver } from './processes.mjs'
import { playwrightOutcome, vitestOutcome } from './test-reports.mjs'

const bin = (...parts) => join(ROOT, 'node_modules', ...parts)
const REPORTS = join(TOOLS, 'reports')

/** Types and lint. */
export const CHECK_STEPS = [
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-p', ROOT] },
  {
    name: 'editor types',
    args: [bin('typescript', 'bin', 'tsc'), '-p', join(ROOT, 'editor')],
    when: () => existsSync(join(ROOT, 'editor', 'tsconfig.json')),
  },
  { name: 'lint and format', args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check'] },
]

const vitestReport = join(REPORTS, 'vitest.json')
const playwrightReport = join(REPORTS, 'playwright.json')

// A test that fails has a second try, and is named at the end if that went well: something is wrong there, in the test
// or, now and then, in the product, but it should not hide whether everything else holds.
const vitestStep = {
  name: 'unit and server tests',
  args: [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--retry=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  outcome: () => outcomeIn(vitestReport, vitestOutcome),
}

const playwrightStep = {
  name: 'end-to-end tests',
  args: [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=line,json', '--retries=1'],
  cwd: join(ROOT, 'editor'),
  env: {
    BEATLOOM_E2E_BUILT: '1', // built by the command before
    PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
  },
  when: () => existsSync(join(ROOT, 'editor', 'playwright.config.ts')),
  outcome: () => outcomeIn(playwrightReport, playwrightOutcome),
}

export const TEST_STEPS = [...CHECK_STEPS, vitestStep, playwrightStep]
export const LONG_STEPS = [
  { ...vitestStep, name: 'long tests', env: { BEATLOOM_LONG: '1' } },
  { ...playwrightStep, name: 'long tests in the browser', env: { ...playwrightStep.env, BEATLOOM_LONG: '1' } },
]

/**
 * Runs steps one after another, all of them even when one fails, and sums up.
 * @returns {Promise<number>} 0 when every step went well.
 */
export async function runSteps(steps, { node, env }, extraArgs = []) {
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const rows = []
  for (const step of steps) {
    if (step.when && !step.when()) continue
    process.stdout.write(`\n── ${step.name}\n`)
    const startedAt = Date.now()
    const status = await handOver(node, [...step.args, ...(step.outcome ? extraArgs : [])], {
      cwd: step.cwd ?? ROOT,
      env: { ...env, ...step.env },
    })
    const { passed = 0, failed = 0, failures = [], secondTries = [] } = step.outcome?.() ?? {}
    rows.push({
      name: step.name,
      seconds: (Date.now() - startedAt) / 1000,
      status,
      passed,
      failed: status === 0 ? failed : failed || 1, // a step that broke before it could count has failed once
      failures,
      secondTries,
    })
  }
  process.stdout.write('\n')
  for (const { name, seconds, status } of rows) {
    process.stdout.write(
      `${status === 0 ? 'ok    ' : 'failed'}  ${name.padEnd(24)}${seconds.toFixed(1).padStart(8)} s\n`,
    )
  }
  for (const said of rows.flatMap((row) => row.secondTries)) process.stdout.write(`only on its second try: ${said}\n`)
  for (const said of rows.flatMap((row) => row.failures)) process.stdout.write(`failed: ${said}\n`)
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
  return rows.every((row) => row.status === 0) ? 0 : 1
}

/** @returns {Partial<import('./test-reports.mjs').Outcome>} nothing where the step broke before it wrote a report. */
function outcomeIn(path, read) {
  return existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : {}
}
