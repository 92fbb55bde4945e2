import { describe, expect, it } from 'vitest'
import { CAMERA_MOVES, CameraWalk, namedMove, namesCamera, turnedCamera, withCamera } from './shot-camera.ts'

describe('what a prompt says of the camera', () => {
  it.each([
    'zoom in slowly',
    'slow pan left, warm light',
    'the camera glides forward',
    'static',
    'still',
    'everything stays still',
    'neon, handheld',
    'roll slowly to the left',
    'orbit to the right',
    '镜头缓慢推近',
    '霓虹，向左摇',
    '静止画面',
  ])('finds it in %j', (prompt) => {
    expect(namesCamera(prompt)).toBe(true)
  })

  it.each(['rolling hills', 'a frying pan', 'a truck in the rain', 'still water', 'a spinning record', '烟雾环绕', ''])(
    'finds nothing in %j',
    (prompt) => {
      expect(namesCamera(prompt)).toBe(false)
    },
  )

  it('knows every move by the words it writes itself, and turns it round', () => {
    for (const move of CAMERA_MOVES) {
      for (const isChinese of [false, true]) {
        for (const energy of [0.1, 0.5, 0.9]) {
          const prompt = withCamera(isChinese ? '暖光' : 'warm light', move, energy, isChinese)
          expect(namesCamera(prompt), prompt).toBe(true)
          const turned = turnedCamera(prompt)
          expect(turned).not.toBe(prompt)
          expect(turnedCamera(turned)).toBe(prompt)
        }
      }
    }
    expect(turnedCamera('pan left, warm light')).toBe('pan left, warm light')
    expect(namedMove('slowly zoom in, rain')).toBe('zoom in')
    expect(namedMove('镜头推近')).toBe('zoom in')
    expect(namedMove('a shaking camera')).toBeNull()
  })
})

describe('CameraWalk', () => {
  it('never moves the same way twice running, seldom along one axis, and uses every move', () => {
    const walk = new CameraWalk(CAMERA_MOVES, '5')
    const moves = Array.from({ length: 200 }, (_, i) => walk.next(i) ?? '')
    const axis = (move: string | undefined): string => move?.split(' ')[0] ?? ''
    let sameAxis = 0
    for (let i = 1; i < moves.length; i++) {
      expect(moves[i]).not.toBe(moves[i - 1])
      if (axis(moves[i]) === axis(moves[i - 1])) sameAxis++
    }
    expect(sameAxis).toBeLessThan(20)
    expect(new Set(moves).size).toBe(CAMERA_MOVES.length)
  })

  it('goes to and fro with two moves, repeats the only one, and chooses none of none', () => {
    const walked = (moves: Parameters<typeof CameraWalk.prototype.took>[0][]): (string | null)[] => {
      const walk = new CameraWalk(
        moves.flatMap((move) => move ?? []),
        '1',
      )
      return [0, 1, 2, 3].map((i) => walk.next(i))
    }
    const [first, second] = walked(['zoom in', 'zoom out'])
    expect(walked(['zoom in', 'zoom out'])).toEqual([first, second, first, second])
    expect(walked(['tilt up'])).toEqual(['tilt up', 'tilt up', 'tilt up', 'tilt up'])
    expect(walked([])).toEqual([null, null, null, null])
  })

  it('does not choose the move that the prompt before named', () => {
    const walk = new CameraWalk(['pan left', 'pan right'], '1')
    walk.took('pan left')
    expect(walk.next(0)).toBe('pan right')
  })
})
