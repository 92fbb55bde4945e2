import { defineConfig } from 'vitest/config'

const LONG = '**/*.long.test.ts'
const SKIPPED = ['**/node_modules/**', '**/dist/**', '.tools/**', 'editor/e2e/**', 'editor/tests/**']
const long = process.env.BEATLOOM_LONG === '1'

export default defineConfig({
  test: {
    environment: 'node',
    include: long ? [LONG] : ['{engine,models,nodes,workflows}/**/*.test.ts', 'editor/src/**/*.test.{ts,tsx}'],
    exclude: long ? SKIPPED : [...SKIPPED, LONG],
    testTimeout: long ? 30 * 60_000 : 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
