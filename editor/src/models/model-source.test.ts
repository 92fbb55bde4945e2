import { describe, expect, it } from 'vitest'
import { hubIdOf, isHubId, isModelName, nameFrom, sharedSource, sourceLink } from './model-source.ts'

describe('where a model comes from', () => {
  it.each([
    ['https://huggingface.co/ada/tiny', 'https://huggingface.co/ada/tiny'],
    ['http://models.example/tiny?x=1', 'http://models.example/tiny?x=1'],
    ['ada/tiny@0123abc', 'https://huggingface.co/ada/tiny/tree/0123abc'],
    ['ada/tiny', 'https://huggingface.co/ada/tiny'],
  ])('%s can be looked at', (source, address) => expect(sourceLink(source)).toBe(address))

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JAVASCRIPT://huggingface.co/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    '/home/ada/models/tiny',
    '../tiny',
    'https://huggingface.co@evil.example/x',
    'https://ada:secret@mirror.example/x',
    'https://',
    `https://example.com/${'a'.repeat(600)}`,
    'a text about a model',
    '',
  ])('%s is no link', (source) => {
    expect(sourceLink(source)).toBeNull()
    expect(sharedSource(source)).toBeUndefined()
  })

  it.each([
    ['ada/tiny', 'ada/tiny'],
    ['  ada/tiny@v1 ', 'ada/tiny@v1'],
    ['https://huggingface.co/ada/tiny', 'ada/tiny'],
    ['huggingface.co/ada/tiny/', 'ada/tiny'],
    ['https://huggingface.co/ada/tiny/tree/refs/pr/1?x=1#files', 'ada/tiny@refs/pr/1'],
    ['https://huggingface.co/ada/tiny/blob/main/model.onnx', 'ada/tiny'],
    ['https://other.example/ada/tiny', 'https://other.example/ada/tiny'],
  ])('%s is the model %s', (typed, id) => expect(hubIdOf(typed)).toBe(id))

  it('knows ids and names as the engine does', () => {
    expect(['ada/tiny', 'a.b/c-d_e@refs/pr/1'].every(isHubId)).toBe(true)
    expect(['ada', 'ada/', '/tiny', '../tiny', 'a/b/c', 'ada/tiny@', 'ada/ti ny', ''].some(isHubId)).toBe(false)
    expect(['a', 'wan2.2-ti2v_5b'].every(isModelName)).toBe(true)
    expect(['', '.hidden', 'a/b', 'a b', 'ä', 'a'.repeat(101)].some(isModelName)).toBe(false)
  })

  it('tells others of a hub’s model alone, and shows a mirror’s page of it', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567'
    const mirrored = `http://mirror.example:8080/hub/ada/tiny@${commit}`
    expect([`ada/tiny@${commit}`, mirrored].map(sharedSource)).toEqual([`ada/tiny@${commit}`, mirrored])
    expect(sourceLink(mirrored)).toBe(`http://mirror.example:8080/hub/ada/tiny/tree/${commit}`)
    // A folder below Beatloom's own reads like this.
    for (const source of ['models/tiny', '~/models/tiny', `https://a:b@mirror.example/ada/tiny@${commit}`, null]) {
      expect(sharedSource(source)).toBeUndefined()
    }
  })

  it('names a model for the end of its source', () => {
    expect(nameFrom('ada/tiny@v1')).toBe('tiny')
    expect(nameFrom('/home/ada/my models/Tiny one/')).toBe('Tiny-one')
    expect(nameFrom('C:\\models\\tiny')).toBe('tiny')
    expect(nameFrom('/')).toBe('')
  })
})
