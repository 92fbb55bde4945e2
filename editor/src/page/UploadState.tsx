import { useText } from '../i18n/index.ts'
import { ProgressBar } from '../ui/ProgressBar.tsx'

interface UploadStateProps {
  upload: { share: number | null; problem: string | null }
  missing: boolean
}

export function UploadState({ upload, missing }: UploadStateProps) {
  const t = useText()
  return (
    <>
      {upload.share !== null && <ProgressBar share={upload.share} label={t('file.sending')} />}
      {upload.problem && (
        <p className="step-problem" role="alert">
          {upload.problem}
        </p>
      )}
      {missing && !upload.problem && <p className="step-problem">{t('file.missing')}</p>}
    </>
  )
}
