import { Mic, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { clockTime } from '../i18n/format.ts'
import { type TextKey, useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

/** Records from the microphone; the recording is then sent like any other file. */
export function RecordButton({ onFile }: { onFile(file: File): void }) {
  const t = useText()
  const [seconds, setSeconds] = useState<number | null>(null)
  const [problem, setProblem] = useState<TextKey | null>(null)
  const recorder = useRef<MediaRecorder | null>(null)
  useEffect(() => () => recorder.current?.stop(), [])
  useEffect(() => {
    if (seconds === null) return
    const timer = setTimeout(() => setSeconds(seconds + 1), 1000)
    return () => clearTimeout(timer)
  }, [seconds])

  async function start(): Promise<void> {
    setProblem(null)
    // Browsers hand out the microphone on secure pages alone.
    if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined')
      return setProblem(isSecureContext ? 'record.noRecorder' : 'record.needsHttps')
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const chunks: Blob[] = []
      const next = new MediaRecorder(stream)
      next.ondataavailable = (event) => chunks.push(event.data)
      next.onstop = () => {
        for (const track of stream.getTracks()) track.stop()
        recorder.current = null
        setSeconds(null)
        if (chunks.length > 0) onFile(recordingFile(chunks, next.mimeType))
      }
      next.start()
      recorder.current = next
      setSeconds(0)
    } catch (error) {
      const { name } = error as DOMException
      setProblem(name === 'NotFoundError' ? 'record.noMicrophone' : 'record.notAllowed')
    }
  }

  return (
    <>
      {seconds !== null && (
        <span className="record-time" role="timer">
          {clockTime(seconds)}
        </span>
      )}
      <IconButton
        className="record-button"
        label={t(seconds === null ? 'record.start' : 'record.stop')}
        aria-pressed={seconds !== null}
        onClick={() => (seconds === null ? void start() : recorder.current?.stop())}
        tip="above"
      >
        {seconds === null ? <Mic size={14} /> : <Square size={12} />}
      </IconButton>
      {problem && (
        <span className="field-problem" role="alert">
          {t(problem)}
        </span>
      )}
    </>
  )
}

/** Named by the moment, with the ending its format has: browsers record WebM, some MP4. */
function recordingFile(chunks: Blob[], mime: string): File {
  const type = mime.split(';')[0] || 'audio/webm'
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const ending = type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm'
  return new File(chunks, `recording-${stamp}.${ending}`, { type })
}
