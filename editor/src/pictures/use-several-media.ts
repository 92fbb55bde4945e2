import { useRef, useState } from 'react'
import type { Asset } from '../api/types.ts'
import type { MediaKind } from '../page/check-media.ts'
import { createMediaTask, type MediaState } from '../page/media-task.ts'
import { setSending } from '../page/page-store.ts'
import { type Media, mediaOf } from '../page/use-media.ts'

interface Ends {
  /** The file has come: told of each in the order in which they were given. */
  onReady(asset: Asset, file: File): void
  /** It was refused, given up or broke off; it may come later all the same, when somebody has it sent again. */
  onStayed(file: File): void
}

interface Given extends Ends {
  file: File
}

export interface SeveralMedia {
  /** The file that is on its way, and those that stayed behind with what is wrong with them. */
  files: { id: number; media: Media }[]
  /** How many wait for their turn. */
  waiting: number
  take(files: readonly File[], ends: Ends): void
}

/**
 * Sends files one after another, in the order given, so that they arrive in it. One that is refused or breaks off stays
 * with its reason and its way out, and the next one goes on.
 * @param input under which the page says that files are on their way: the declared input.
 */
export function useSeveralMedia(input: string, kind: MediaKind): SeveralMedia {
  const [files, setFiles] = useState<{ id: number; media: Media }[]>([])
  const [waiting, setWaiting] = useState(0)
  const queue = useRef<{ files: Given[]; all: number; done: number; going: boolean; lastId: number }>(null)
  queue.current ??= { files: [], all: 0, done: 0, going: false, lastId: 0 }
  const line = queue.current

  function tellShare(state: MediaState): void {
    const share = state.kind === 'working' ? (state.share ?? 0) : 1
    const isOver = state.kind !== 'working' && !line.going
    setSending(input, isOver ? null : line.going ? (line.done + share) / line.all : share)
  }

  /** Resolves when the file is there, has been refused or given up, or has broken off. */
  const sendOne = ({ file, onReady, onStayed }: Given): Promise<void> =>
    new Promise((resolve) => {
      const id = ++line.lastId
      let isHere = false
      const task = createMediaTask(kind, {
        show(state) {
          const entry = { id, media: mediaOf(task, state) }
          setFiles((before) => {
            if (state.kind === 'idle') return before.filter((other) => other.id !== id)
            return before.some((other) => other.id === id)
              ? before.map((other) => (other.id === id ? entry : other))
              : [...before, entry]
          })
          tellShare(state)
          if (state.kind === 'working') return
          if (!isHere) onStayed(file)
          resolve()
        },
        onReady(asset) {
          isHere = true
          onReady(asset, file)
        },
      })
      void task.take(file)
    })

  async function sendAll(): Promise<void> {
    line.going = true
    for (let next = line.files.shift(); next; next = line.files.shift()) {
      setWaiting(line.files.length)
      await sendOne(next)
      line.done++
    }
    Object.assign(line, { going: false, all: 0, done: 0 })
    setSending(input, null)
  }

  return {
    files,
    waiting,
    take(given, ends) {
      line.files.push(...given.map((file) => ({ file, ...ends })))
      line.all += given.length
      setWaiting(line.files.length)
      if (!line.going && given.length > 0) void sendAll()
    },
  }
}
