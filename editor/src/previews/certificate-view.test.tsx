import type { SyncCertificate } from '@beatloom/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, it } from 'vitest'
import { loadSentences } from '../i18n/sentences.ts'
import { viewStore } from '../view/view-store.ts'
import { CertificateView } from './CertificateView.tsx'

const certificate: SyncCertificate = {
  version: 1,
  verdict: 'red',
  reasons: [
    {
      code: 'picture_late',
      level: 'red',
      text: 'The picture comes 100 ms late against the beat (87 cuts; 95 % sure of 96 to 104 ms).',
    },
  ],
  mediaSha256: 'a'.repeat(64),
  picture: {
    frameRate: 30,
    frames: 6300,
    announcedFrames: 6300,
    expectedFrames: 6300,
    startMs: 100,
    lengthSeconds: 210,
    missingFrames: 0,
    isSteady: true,
  },
  sound: {
    startMs: 0,
    lengthSeconds: 210,
    sampleRate: 44_100,
    channels: 2,
    peakDb: null,
    loudnessLufs: -14.25,
    clippedRuns: 0,
    silences: [],
  },
  startDifferenceMs: -100,
  lengthDifferenceMs: 0,
  source: null,
  cuts: [{ frame: 30, seconds: 1 }],
  beats: { tempoBpm: 120, confidence: 0.9, count: 420 },
  cutsToBeats: {
    count: 87,
    grid: 'beats',
    shiftMs: 100.2,
    lowMs: 96,
    highMs: 104,
    medianMs: 100.2,
    p95Ms: 116,
    maxMs: 118,
    agreement: 0.99,
  },
  planned: null,
  cutsToPlan: null,
}

afterEach(() => viewStore.setState({ language: 'en' }))

it('shows the verdict, why, and folded the numbers that there are', () => {
  const html = renderToStaticMarkup(<CertificateView certificate={certificate} />)
  expect(html).toContain('data-verdict="red"')
  expect(html).toContain('<span>Picture and sound do not agree</span>')
  expect(html).toContain('The picture comes 100 ms late against the beat')
  expect(html).toMatch(/<details[^>]*><summary>What was measured<\/summary>.*<dd>6,300<\/dd>.*<dd>100\.2 ms<\/dd>/)
  expect(html).toContain('<dd>-14.3 LUFS</dd>')
  expect(html).not.toMatch(/Peak|Planned cuts/)
})

it('gives its reasons in Chinese', async () => {
  viewStore.setState({ language: 'zh' })
  await loadSentences()
  const html = renderToStaticMarkup(<CertificateView certificate={certificate} />)
  expect(html).toContain('画面比节拍晚 100 毫秒（87 个切点；95% 确信在 96 到 104 毫秒之间）。')
})
