import type { ErrorReport } from '@beatloom/core'
import { ChevronRight, Copy } from 'lucide-react'
import { useText } from '../../i18n/index.ts'
import { runStore } from '../../run/run-store.ts'
import { technicalDetails } from '../../run/technical-details.ts'
import { toast } from '../../view/view-store.ts'

/** What somebody who helps needs to know, folded; copied without personal paths. */
export function ErrorDetails({ error }: { error: ErrorReport }) {
  const t = useText()
  const text = technicalDetails(error, runStore.getState().run?.id ?? null)
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text)
    toast(t('problem.copied'))
  }
  return (
    <details className="error-details nodrag nowheel">
      <summary>
        <ChevronRight size={12} aria-hidden="true" />
        {t('problem.details')}
      </summary>
      <pre>{text}</pre>
      <button type="button" className="button" data-size="small" onClick={() => void copy()}>
        <Copy size={13} aria-hidden="true" />
        <span>{t('problem.copy')}</span>
      </button>
    </details>
  )
}
