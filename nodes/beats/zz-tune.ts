import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { understand } from './analyse-beats.ts'
const pieces: any = {}
for (const n of readdirSync('/tmp/tune').filter((n) => n.endsWith('.bin')).sort()) {
  const { f, durationSeconds } = deserialize(readFileSync('/tmp/tune/' + n))
  const { beats } = understand(f, { sampleRate: 44100, durationSeconds, fromBeginning: true, signal: new AbortController().signal })
  pieces[n.slice(0, -4)] = { beats: beats.beats, downbeats: beats.downbeats, tempoBpm: beats.tempoBpm, confidence: beats.confidence, meter: beats.meter }
}
writeFileSync(process.argv[2]!, JSON.stringify({ version: process.argv[2], pieces }))
