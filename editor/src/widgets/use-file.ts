import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getFileFacts } from '../api/client.ts'
import type { Asset } from '../api/types.ts'
import { sendFile } from '../api/upload.ts'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'

export type Accepts = 'image' | 'audio' | 'video' | 'weights'

export const ACCEPT: Record<Accepts, string> = {
  image: 'image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp',
  audio: 'audio/*,.wav,.mp3,.flac,.ogg,.m4a,.aac',
  video: 'video/mp4,video/webm,.mp4,.webm,.mov',
  weights: '.safetensors',
}

const LOOKS_LIKE: Record<Accepts, RegExp> = {
  image: /^image\/(jpeg|png|webp)$/,
  audio: /^(audio\/|application\/ogg)/,
  video: /^video\//,
  weights: /^application\/(octet-stream|x-safetensors)$/,
}

export function useFileFacts(reference: string) {
  return useQuery({
    queryKey: ['file-facts', reference],
    queryFn: () => getFileFacts(reference),
    enabled: reference !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** Checks a file before it is sent, sends it, and says in words what was wrong. */
export function useUpload(accept: Accepts, onReady: (asset: Asset) => void) {
  const t = useText()
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const wrong = {
    image: 'file.notImage',
    audio: 'file.notAudio',
    video: 'file.notVideo',
    weights: 'file.notWeights',
  } as const

  async function send(file: File | undefined): Promise<void> {
    if (!file) return
    setProblem(null)
    if (file.size === 0) return setProblem(t('file.empty', { name: file.name }))
    // Some systems name no type at all; then the server's own look at the bytes decides.
    if (file.type !== '' && !LOOKS_LIKE[accept].test(file.type))
      return setProblem(t(wrong[accept], { name: file.name }))
    setShare(0)
    try {
      const asset = await sendFile(file, setShare)
      if (asset.kind === accept) onReady(asset)
      else setProblem(t(wrong[accept], { name: file.name }))
    } catch (error) {
      setProblem((error as Error).message)
    } finally {
      setShare(null)
    }
  }
  return { send, share, problem: problem && say(problem) }
}
