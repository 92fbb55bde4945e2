import { useEffect } from 'react'
import { type DocumentState, documentStore } from '../document/document-store.ts'
import { type News, newsOf } from '../document/news.ts'
import { type Translate, textNow } from '../i18n/index.ts'
import { errorText } from '../i18n/issue-text.ts'
import { nodeText } from '../i18n/node-text.ts'
import { say } from '../i18n/sentences.ts'
import { useProgress } from '../run/progress-store.ts'
import { runStore, useRun } from '../run/run-store.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { viewStore } from '../view/view-store.ts'
import { announce, useAnnouncement } from './announce-store.ts'

/** Tells screen readers, in one polite voice, what was changed, how the run goes, and what went wrong. */
export function Announcer() {
  const { text, turn } = useAnnouncement()
  useEffect(() => watchAll(), [])
  useRunNews()
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      <span key={turn}>{text}</span>
    </p>
  )
}

function useRunNews(): void {
  const state = useRun((store) => store.run?.state)
  const tenths = Math.floor((useProgress()?.share ?? 0) * 10)
  useEffect(() => {
    if (state) announce(textNow()(`runState.${state}`))
  }, [state])
  useEffect(() => {
    if (state === 'running' && tenths > 0) announce(`${tenths * 10} %`)
  }, [state, tenths])
}

function watchAll(): () => void {
  const stops = [
    documentStore.subscribe((now, before) => tellEdit(now, before)),
    viewStore.subscribe((now, before) => {
      for (const toast of now.toasts) if (!before.toasts.includes(toast)) announce(say(toast.text))
    }),
    runStore.subscribe((now, before) => {
      if (!now.run || now.run.nodes === before.run?.nodes || now.run.id !== before.run?.id) return
      for (const [node, { error }] of Object.entries(now.run.nodes)) {
        if (error && !before.run.nodes[node]?.error) announce(`${titleOf(node)}: ${errorText(error)}`)
      }
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function tellEdit(now: DocumentState, before: DocumentState): void {
  if (now.openedCount !== before.openedCount || now.workflow === before.workflow) return
  const t = textNow()
  if (now.history.future.length > before.history.future.length) announce(t('news.undone'))
  else if (
    before.history.future.length > now.history.future.length &&
    now.history.past.length > before.history.past.length
  )
    announce(t('news.redone'))
  for (const item of newsOf(before.workflow, now.workflow)) announce(newsText(item, t, before))
}

function newsText(news: News, t: Translate, before: DocumentState): string {
  if ('count' in news) {
    if (news.count === 1) return t(`news.${news.kind}`)
    return t(news.kind === 'linked' ? 'news.linkedMany' : 'news.unlinkedMany', { n: news.count })
  }
  const [only, ...more] = news.nodes
  const name = more.length === 0 && only ? titleOf(only, before) : t('news.nodes', { n: news.nodes.length })
  return t(`news.${news.kind}`, { name })
}

function titleOf(id: string, before?: DocumentState): string {
  const node = documentStore.getState().workflow.nodes[id] ?? before?.workflow.nodes[id]
  const descriptor = catalogStore.getState().descriptors.get(node?.type ?? '')
  return node?.title ?? (descriptor ? nodeText(descriptor, viewStore.getState().language).title : (node?.type ?? id))
}
