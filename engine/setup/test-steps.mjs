import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, TOOLS } from './paths.mjs'
import { handOver } from './processes.mjs'

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

const vitestStep = {
  name: 'unit and server tests',
  args: [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  counts: () => countsIn(vitestReport, (report) => [report.numPassedTests, report.numFailedTests]),
}

const playwrightStep = {
  name: 'end-to-end tests',
  // A test that fails has a second try, and is named at the end if that went well: something is wrong there, in the test
  // or, now and then, in the product, but it should not hide whether everything else holds.
  args: [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=line,json', '--retries=1'],
  cwd: join(ROOT, 'editor'),
  env: {
    BEATLOOM_E2E_BUILT: '1', // built by the command before
    PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
  },
  when: () => existsSync(join(ROOT, 'editor', 'playwright.config.ts')),
  counts: () => countsIn(playwrightReport, ({ stats }) => [stats.expected + stats.flaky, stats.unexpected]),
  secondTries: () => (existsSync(playwrightReport) ? flakyIn(JSON.parse(readFileSync(playwrightReport, 'utf8'))) : []),
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
    const status = await handOver(node, [...step.args, ...(step.counts ? extraArgs : [])], {
      cwd: step.cwd ?? ROOT,
      env: { ...env, ...step.env },
    })
    const [passed, failed] = step.counts?.() ?? [0, 0]
    // A step that broke before it could count has failed once.
    rows.push({
      name: step.name,
      seconds: (Date.now() - startedAt) / 1000,
      status,
      passed,
      failed: status === 0 ? failed : failed || 1,
      secondTries: step.secondTries?.() ?? [],
    })
  }
  process.stdout.write('\n')
  for (const { name, seconds, status } of rows) {
    process.stdout.write(
      `${status === 0 ? 'ok    ' : 'failed'}  ${name.padEnd(24)}${seconds.toFixed(1).padStart(8)} s\n`,
    )
  }
  for (const title of rows.flatMap((row) => row.secondTries)) {
    process.stdout.write(`only on its second try: ${title}\n`)
  }
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
  return rows.every((row) => row.status === 0) ? 0 : 1
}

/** Titles of the tests that failed first, in Playwright's report. */
export function flakyIn({ suites = [], specs = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
  return [...own.map(({ file, title }) => `${file}: ${title}`), ...suites.flatMap(flakyIn)]
}

function countsIn(path, read) {
  if (!existsSync(path)) return [0, 0]
  return read(JSON.parse(readFileSync(path, 'utf8')))
}
