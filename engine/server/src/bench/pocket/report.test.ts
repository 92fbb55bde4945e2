import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PARTS, partsNamed } from './parts.ts'
import { readSections, reportPage, type Section, writeSection } from './report.ts'

const folder = mkdtempSync(join(tmpdir(), 'beatloom-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

const section = (part: string, value: number): Section => ({
  part,
  measures: [{ name: `${part} right`, value, unit: '%', aim: 95, atLeast: true }],
  notes: [{ asked: `asked of ${part}`, seen: 'seen' }],
  clips: 10.6,
  minutes: 2,
  date: '2026-11-22',
  machine: 'a machine',
  quick: false,
  missing: ['Without songs: no network'],
})

describe('parts', () => {
  it('are all of them, or those named, in the order of the page', () => {
    expect(partsNamed(undefined)).toEqual(Object.keys(PARTS))
    expect(partsNamed('')).toEqual(Object.keys(PARTS))
    expect(partsNamed('border,flashes-zh')).toEqual(['flashes-zh', 'border'])
  })
  it('can be named by the beginning of their names', () => {
    expect(partsNamed('light,beat,beat-songs')).toEqual(['beat-songs', 'beat-genres', 'light'])
    expect(partsNamed('camera')).toHaveLength(6)
  })
  it('are refused when there are none of that name', () => {
    expect(() => partsNamed('camera,drums')).toThrow('No part called "drums"; there are camera-words-en,')
    expect(() => partsNamed('bea')).toThrow('"bea"')
  })
})

describe('the page of several benches', () => {
  it('has every section in order, machines and missing media once', () => {
    writeSection(folder, section('light', 100))
    writeSection(folder, { ...section('beat', 0.5), machine: 'another' })
    writeSection(folder, { ...section('camera', 97.123), minutes: 3 })
    const parts = ['camera', 'beat', 'light', 'border']
    const sections = readSections(folder, parts)
    expect(sections.map(({ part }) => part)).toEqual(['camera', 'beat', 'light'])
    const page = reportPage(sections, parts)
    expect(page).toContain('| camera right | 97.12 % | ≥ 95 % |\n| beat right | 0.5 % | ≥ 95 % |\n| light right')
    expect(page).toContain('Machine: a machine; another. Clips of three seconds: 32; minutes of work: 7.')
    expect(page).toContain('## Camera, prompt by prompt\n\n| asked | seen |\n|---|---|\n| asked of camera | seen |')
    expect(page.match(/Without songs/g)).toHaveLength(1)
    expect(page).toContain('Not measured: border.')
    expect(page).not.toContain('--quick')
  })
  it('holds a part once, as it was last measured', () => {
    writeSection(folder, section('light', 50))
    expect(readSections(folder, ['light']).find(({ part }) => part === 'light')!.measures[0]!.value).toBe(50)
  })
})
