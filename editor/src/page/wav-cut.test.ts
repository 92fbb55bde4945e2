import { expect, it } from 'vitest'
import { cutWav, wavLayout, wavPeaks } from './wav-cut.ts'

/** 16 bits, mono, 1000 samples a second: sample n is n. A LIST chunk of odd length stands before the samples. */
function counting(seconds: number): File {
  const count = seconds * 1000
  const header = Buffer.alloc(44 + 12)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(header.length - 8 + count * 2, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(1000, 24)
  header.writeUInt32LE(2000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('LIST', 36, 'latin1')
  header.writeUInt32LE(3, 40)
  header.write('data', 48, 'latin1')
  header.writeUInt32LE(count * 2, 52)
  const samples = Int16Array.from({ length: count }, (_, index) => index)
  return new File([new Uint8Array(header), samples], 'count.wav')
}

it('A3: a stretch of a WAV is cut sample for sample, without reading the rest', async () => {
  const song = counting(10)
  const wav = (await wavLayout(song))!
  expect([wav.seconds, wav.from, wav.bits]).toEqual([10, 56, 16])
  const part = cutWav(song, wav, 2.5, 0.004)
  const again = (await wavLayout(part))!
  expect([part.name, again.seconds, again.from]).toEqual(['count-part.wav', 0.004, 44])
  expect([...new Int16Array(await part.slice(44).arrayBuffer())]).toEqual([2500, 2501, 2502, 2503])
})

it('A3: a stretch beyond the end stops at the end', async () => {
  const song = counting(2)
  const part = cutWav(song, (await wavLayout(song))!, 1.5, 100)
  expect((await wavLayout(part))!.seconds).toBe(0.5)
})

it('A3: the look at a WAV rises with its loudness', async () => {
  const song = counting(10)
  const peaks = await wavPeaks(song, (await wavLayout(song))!, 4)
  // The look takes 1024 samples: from 0, 2500, 5000 and 7500 on.
  expect(peaks).toEqual([1023, 3523, 6023, 8523].map((value) => value / 32_768))
})

it('A3: what is no WAV is not taken for one', async () => {
  expect(await wavLayout(new Blob(['ID3 and some more bytes than a header has']))).toBeNull()
})
