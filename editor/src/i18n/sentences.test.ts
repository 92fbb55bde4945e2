import { afterEach, expect, it } from 'vitest'
import { viewStore } from '../view/view-store.ts'
import { errorText, issueText } from './issue-text.ts'
import { loadSentences, say } from './sentences.ts'

afterEach(() => viewStore.setState({ language: 'en' }))

const ISSUE = {
  severity: 'error',
  code: 'unknown_input_name',
  message: 'This workflow has no input "sung" (did you mean "song"?).',
} as const

it('L2: the server’s sentences read in Chinese once their words are there, and in English until then', async () => {
  viewStore.setState({ language: 'zh' })
  expect(issueText(ISSUE)).toBe(ISSUE.message)
  await loadSentences()
  expect(issueText(ISSUE)).toBe('此工作流没有输入“sung”（是不是“song”？）。')
  viewStore.setState({ language: 'en' })
  expect(issueText(ISSUE)).toBe(ISSUE.message)
})

it('E5: an error has the wording of the engine in both languages, without the folders of a person', async () => {
  await loadSentences()
  const error = { code: 'model_missing', message: 'There is no model in /home/ada/models.' } as const
  expect(errorText(error)).toBe('There is no model in ~/models.')
  viewStore.setState({ language: 'zh' })
  expect(errorText(error)).toBe('~/models 中没有模型。')
})

it('L2: what a person wrote is nobody’s sentence', async () => {
  await loadSentences()
  viewStore.setState({ language: 'zh' })
  expect(say('My song, take 2')).toBe('My song, take 2')
})
