import { describe, expect, it } from 'vitest'
import { drawnVideo, makeMedia, never, SAMPLE_PICTURE, scratchFolder } from '../testing.ts'
import { writeMp4 } from '../write-mp4.ts'
import { CutFinder } from './cut-finder.ts'
import type { DrawnVideo } from './drawn-video.ts'
import { measurePictures } from './measure-pictures.ts'
import { SMALL_HEIGHT, SMALL_WIDTH } from './picture-difference.ts'

/** Written with our encoder and measured from the file. */
async function cutsIn(video: DrawnVideo): Promise<number[]> {
  const folder = await scratchFolder()
  try {
    const path = folder.file('drawn.mp4')
    await writeMp4({ frames: drawnVideo(video), path, preset: 'ultrafast' }, never)
    return (await measurePictures(path, never)).cuts.map((cut) => cut.frame)
  } finally {
    await folder.remove()
  }
}

/** The cuts of a video that ffmpeg's filters make from the sample photograph, 640 × 360 at 30 frames a second. */
async function cutsOfPhotograph(filter: string, seconds: number): Promise<number[]> {
  const folder = await scratchFolder()
  try {
    const photograph = ['-loop', '1', '-framerate', '30', '-t', String(seconds), '-i', SAMPLE_PICTURE]
    const encoding = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast']
    const path = await makeMedia(folder.file('photo.mp4'), ...photograph, '-vf', filter, ...encoding)
    return (await measurePictures(path, never)).cuts.map((cut) => cut.frame)
  } finally {
    await folder.remove()
  }
}

describe('hard cuts', () => {
  it.each([24, 25, 30, 60])(
    'are found to the frame among drifting, growing scenes at %d frames a second',
    async (rate) => {
      const cuts = [rate, rate + 9, 2 * rate, 2 * rate + 20, 4 * rate - 5, 5 * rate]
      expect(await cutsIn({ frameRate: rate, frameCount: 6 * rate, cuts, seed: rate })).toEqual(cuts)
    },
  )

  it('are found at the second and at the last frame', async () => {
    expect(await cutsIn({ frameRate: 30, frameCount: 60, cuts: [1, 59] })).toEqual([1, 59])
  })

  it('are found every four frames, each once', async () => {
    const cuts = Array.from({ length: 20 }, (_, i) => 20 + 4 * i)
    expect(await cutsIn({ frameRate: 30, frameCount: 120, cuts, speed: 0, zoom: 0 })).toEqual(cuts)
  })

  it('are told from flashes on the beat, and found where a flash hides them', async () => {
    const flashes = [15, 30, 45, 60, 75, 90, 105]
    expect(await cutsIn({ frameRate: 30, frameCount: 120, cuts: [], flashes })).toEqual([])
    expect(await cutsIn({ frameRate: 30, frameCount: 120, cuts: [45, 90], flashes })).toEqual([45, 90])
  })

  it('are told from soft changes of a fifth of a second and longer', async () => {
    for (const fadeFrames of [6, 12, 30]) {
      expect(await cutsIn({ frameRate: 30, frameCount: 150, cuts: [40, 100], fadeFrames }), `${fadeFrames}`).toEqual([])
    }
  })

  it('are told from a pan of half the picture a second, and found within it', async () => {
    const fast = { frameRate: 30, frameCount: 90, speed: 2.7 }
    expect(await cutsIn({ ...fast, cuts: [] })).toEqual([])
    expect(await cutsIn({ ...fast, cuts: [30, 61] })).toEqual([30, 61])
  })

  it('are none in one picture alone, nor in none', () => {
    const finder = new CutFinder(30)
    finder.push(new Uint8Array(SMALL_WIDTH * SMALL_HEIGHT))
    expect(finder.finish()).toEqual([])
    expect(new CutFinder(30).finish()).toEqual([])
  })
})

describe('a photograph that moves', () => {
  it('has no cut when it is pushed in, shaken, and zoomed in by 8 % on each beat', async () => {
    const push = "zoompan=z='1+0.002*on+0.08*max(0,1-mod(on,15)/8)':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
    expect(await cutsOfPhotograph(`${push}:d=1:s=640x360:fps=30`, 4)).toEqual([])
    const shake = "crop=iw*0.9:ih*0.9:'iw*0.05*(1+sin(n*2.1))':'ih*0.05*(1+sin(n*2.9))',scale=640:360"
    expect(await cutsOfPhotograph(shake, 4)).toEqual([])
  })

  it('has no cut when it fades in from black and out to white', async () => {
    const fades = 'scale=640:360,fade=in:0:20,fade=out:80:30:color=white'
    expect(await cutsOfPhotograph(fades, 4)).toEqual([])
  })

  it('has cuts where it comes closer by half at once, and where it goes black and back', async () => {
    const closer = "zoompan=z='if(lt(mod(on,60),30),1,1.5)':x='iw/4':y='ih/4':d=1:s=640x360:fps=30"
    expect(await cutsOfPhotograph(closer, 4)).toEqual([30, 60, 90])
    const black = "scale=640:360,drawbox=color=black:t=fill:enable='between(n,40,79)'"
    expect(await cutsOfPhotograph(black, 4)).toEqual([40, 80])
  })
})
