import { relative } from 'node:path'
import { ROOT } from './paths.mjs'

/**
 * @typedef {object} Outcome What a test report says.
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} failures File, title and first line of the reason of each test that failed.
 * @property {string[]} secondTries The same of each that went well, but only on its second try.
 */

/** @returns {Outcome} of Vitest's JSON report. */
export function vitestOutcome({ numPassedTests, numFailedTests, testResults = [] }) {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(ROOT, name) })),
  )
  const said = (status) =>
    tests
      .filter((test) => test.status === status && test.failureMessages.length > 0)
      .map(({ file, fullName, failureMessages }) => line(file, fullName, failureMessages[0]))
  // A file that cannot be read has no tests, only a reason.
  const files = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + files.length,
    failures: [...said('failed'), ...files.map(({ name, message }) => line(relative(ROOT, name), '', message))],
    secondTries: said('passed'),
  }
}

/** @returns {Outcome} of Playwright's JSON report. */
export function playwrightOutcome(report) {
  const tests = specsOf(report).flatMap(({ file, title, tests: runs }) =>
    runs.map(({ status, results = [] }) => ({
      status,
      said: line(file, title, results.find(({ error }) => error)?.error.message),
    })),
  )
  const said = (status) => tests.filter((test) => test.status === status).map((test) => test.said)
  const { expected, flaky, unexpected } = report.stats
  return { passed: expected + flaky, failed: unexpected, failures: said('unexpected'), secondTries: said('flaky') }
}

const specsOf = ({ suites = [], specs = [] }) => [...specs, ...suites.flatMap(specsOf)]

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
const COLOURS = /\u001b\[[\d;]*m/g

function line(file, title, reason = '') {
  const first = reason
    .replace(COLOURS, '')
    .split('\n')
    .find((text) => text.trim() !== '')
  return [file, title, first?.trim().slice(0, 300)].filter(Boolean).join(': ')
}
