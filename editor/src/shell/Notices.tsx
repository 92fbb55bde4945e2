import { CircleAlert, Eye, RotateCcw, Split, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { documentStore, useDocument } from '../document/document-store.ts'
import { localeOf } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { toast, useView } from '../view/view-store.ts'
import '../styles/notices.css'
import { compareSides, titleOf } from './show-comparison.ts'
import { nothingKeeps, storageHealth, useStorageHealth } from './storage-health.ts'
import { becomeCopy } from './tabs.ts'
import { changeTab, type Tab, useActiveTab } from './tabs-store.ts'
import { keepMine, readTheirs, takeOver, takeTheirs } from './twins.ts'

const attempt = (work: Promise<unknown>) => void work.catch((error: Error) => toast(error.message, 'error'))

/** What is to be known about the document on screen, with what can be done about it. */
export function Notices() {
  const tab = useActiveTab()
  return (
    <div className="notices">
      <StorageNotice />
      {tab?.conflict && <ConflictNotice tab={tab} />}
      {tab?.elsewhere && <ElsewhereNotice key={tab.id} tab={tab} />}
      {tab?.recovered && !tab.elsewhere && <RecoveredNotice tab={tab} />}
    </div>
  )
}

interface NoticeProps {
  icon: ReactNode
  text: string
  loud?: boolean
  children?: ReactNode
  onDismiss?: () => void
}

function Notice({ icon, text, loud, children, onDismiss }: NoticeProps) {
  const t = useText()
  return (
    <section className="notice" data-loud={loud} role={loud ? 'alert' : 'status'}>
      {icon}
      <p>{text}</p>
      {children && <div className="notice-actions">{children}</div>}
      {onDismiss && (
        <IconButton label={t('app.dismiss')} tip="above" onClick={onDismiss}>
          <X size={14} />
        </IconButton>
      )}
    </section>
  )
}

function RecoveredNotice({ tab }: { tab: Tab }) {
  const t = useText()
  const compare = () => {
    const { savedWorkflow, workflow } = documentStore.getState()
    const before = { label: t('notice.asSaved'), workflow: savedWorkflow }
    attempt(compareSides(before, { label: titleOf(workflow), workflow }))
  }
  return (
    <Notice
      icon={<RotateCcw size={16} aria-hidden="true" />}
      text={t('notice.recovered', { title: tab.title || t('document.untitled') })}
      onDismiss={() => changeTab(tab.id, { recovered: false })}
    >
      <Button size="small" onClick={compare}>
        {t('notice.showChanges')}
      </Button>
    </Notice>
  )
}

/** Another window writes this document. Whoever only wants to look folds it away; trying to change something opens it. */
function ElsewhereNotice({ tab }: { tab: Tab }) {
  const t = useText()
  const refused = useDocument((state) => state.refusedEdits)
  const [folded, setFolded] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refused edit opens it again.
  useEffect(() => setFolded(false), [refused])
  const over = (
    <Button size="small" tone="primary" onClick={() => attempt(takeOver(tab.id))}>
      {t('notice.takeOver')}
    </Button>
  )
  const icon = <Eye size={16} aria-hidden="true" />
  if (folded) {
    return (
      <Notice icon={icon} text={t('tabs.viewOnly')}>
        {over}
      </Notice>
    )
  }
  return (
    <Notice icon={icon} text={t(tab.elsewhere === 'taken' ? 'notice.taken' : 'notice.elsewhere')}>
      <Button size="small" tone="quiet" onClick={() => setFolded(true)}>
        {t('notice.justView')}
      </Button>
      <Button size="small" onClick={() => becomeCopy(tab.id)}>
        {t('notice.saveCopy')}
      </Button>
      {over}
    </Notice>
  )
}

function ConflictNotice({ tab }: { tab: Tab }) {
  const t = useText()
  const language = useView((state) => state.language)
  const theirs = tab.conflict
  if (!theirs) return null
  const time = new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'short' })
  const compare = async () => {
    const { workflow } = documentStore.getState()
    const other = { label: t('notice.theirs'), workflow: await readTheirs(tab.id) }
    await compareSides(other, { label: titleOf(workflow), workflow })
  }
  return (
    <Notice
      icon={<Split size={16} aria-hidden="true" />}
      text={t('notice.conflict', { time: time.format(new Date(theirs.savedAt)) })}
      loud
    >
      <Button size="small" tone="quiet" onClick={() => attempt(compare())}>
        {t('notice.showChanges')}
      </Button>
      <Button size="small" onClick={() => attempt(takeTheirs(tab.id, theirs))}>
        {t('notice.takeTheirs')}
      </Button>
      <Button size="small" onClick={() => becomeCopy(tab.id)}>
        {t('notice.saveCopy')}
      </Button>
      <Button size="small" tone="primary" onClick={() => attempt(keepMine(tab.id))}>
        {t('notice.keepMine')}
      </Button>
    </Notice>
  )
}

function StorageNotice() {
  const t = useText()
  const health = useStorageHealth()
  const icon = <CircleAlert size={16} aria-hidden="true" />
  const save = () => attempt(import('../canvas/files/save-file.ts').then(({ saveToFile }) => saveToFile()))
  if (nothingKeeps(health)) {
    return (
      <Notice icon={icon} text={t('notice.nothingKeeps')} loud>
        <Button size="small" tone="primary" onClick={save}>
          {t('notice.saveFile')}
        </Button>
      </Notice>
    )
  }
  if (!health.browserFails || health.told) return null
  return <Notice icon={icon} text={t('notice.browserFull')} onDismiss={() => storageHealth.setState({ told: true })} />
}
