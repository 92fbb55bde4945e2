import { useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { ApiError, cancelAddition, listAdditions, listModels, removeModel, startAddition } from '../api/client.ts'
import type { AdditionRequest, AdditionsAnswer, ModelAddition, ModelSummary } from '../api/types.ts'
import { textNow } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { askForQuote } from '../run/quote-store.ts'
import { checkAgain } from '../shell/problem-store.ts'
import { queryClient } from '../shell/query-client.ts'
import { shownText } from '../ui/shown-text.ts'
import { toast } from '../view/view-store.ts'
import { nameOf, withAddition } from './addition-list.ts'
import { modelsDialog } from './models-dialog.ts'
import { type Sample, speedOf, withSample } from './transfer-speed.ts'

/** Models on their way in: asked of the server once, kept up to date by the event stream. */

const ADDITIONS = ['model-additions']
const MODELS = ['models']
/** A command beside the server tells nobody, so who waits for one looks this often. */
const LOOK_EVERY_MS = 3_000

interface Watched {
  /** Additions that began in this window. */
  mine: ReadonlySet<string>
  /** Ended ones that nobody wants to see any more. */
  hidden: ReadonlySet<string>
  samples: Record<string, Sample[]>
}

const watched = createStore<Watched>(() => ({ mine: new Set(), hidden: new Set(), samples: {} }))
export const useWatched = <T>(selector: (state: Watched) => T): T => useStore(watched, selector)
export const useSpeed = (id: string): number | null => useWatched((state) => speedOf(state.samples[id] ?? []))

/** By source, for another try; nowhere else are they kept. */
const tokens = new Map<string, string>()

export const useAdditions = (): AdditionsAnswer | undefined =>
  useQuery({ queryKey: ADDITIONS, queryFn: listAdditions }).data

interface ModelsWish {
  enabled?: boolean
  /** As they are at this moment, whatever was known before. */
  fresh?: boolean
  /** Those that come by a command at the server's machine too. */
  watching?: boolean
}

/** The installed models. */
export const useModels = (options: ModelsWish = {}): ModelSummary[] | undefined =>
  useQuery({
    queryKey: MODELS,
    queryFn: listModels,
    enabled: options.enabled ?? true,
    refetchOnMount: options.fresh ? 'always' : true,
    refetchInterval: options.watching ? LOOK_EVERY_MS : false,
  }).data

/** @throws {ApiError} where the server does not take the request. */
export async function addModel(request: AdditionRequest): Promise<ModelAddition> {
  const { source, token } = request
  if (token) tokens.set(source, token)
  const addition = await startAddition(request)
  watched.setState(({ mine }) => ({ mine: new Set([...mine, addition.id]) }))
  take(addition)
  return addition
}

/** Goes on where a failed or cancelled addition ended. */
export function addAgain({ source, name, dtype }: ModelAddition, token = tokens.get(source)): Promise<ModelAddition> {
  return addModel({ source, ...(name ? { name } : {}), ...(dtype ? { dtype } : {}), ...(token ? { token } : {}) })
}

export async function stopAddition(id: string): Promise<void> {
  try {
    await cancelAddition(id)
  } catch (error) {
    toast((error as Error).message, 'error')
  }
}

/** Forgets an addition that ended early, and what of it lies on the server's disk. */
export async function discardAddition(addition: ModelAddition): Promise<void> {
  const name = nameOf(addition)
  try {
    const [models, { additions }] = await Promise.all([listModels(), listAdditions()])
    const isBusy = additions.some((one) => one.state === 'running' && nameOf(one) === name)
    // A whole model of that name is another's, and stays.
    if (!isBusy && !models.some((model) => model.name === name)) await removeModel(name)
  } catch (error) {
    // Nothing had arrived yet.
    if (!(error instanceof ApiError && error.code === 'model_missing')) return toast((error as Error).message, 'error')
  }
  await forgetAddition(addition.id)
}

/** Nobody wants to see it any more, in this window or after a reload. */
export async function forgetAddition(id: string): Promise<void> {
  watched.setState(({ hidden }) => ({ hidden: new Set([...hidden, id]) }))
  // One that the server has forgotten by itself is gone as well.
  await cancelAddition(id).catch(() => undefined)
}

/** An event of the stream that is about models and no run. */
export function takeModelNews(event: object): boolean {
  const { type, addition } = event as { type?: string; addition?: ModelAddition }
  if (type !== 'model.addition' || !addition) return false
  take(addition)
  return true
}

function take(addition: ModelAddition): void {
  const { id, state, progress } = addition
  const before = queryClient.getQueryData<AdditionsAnswer>(ADDITIONS)
  const known = before?.additions.find((one) => one.id === id)
  if (before) {
    queryClient.setQueryData<AdditionsAnswer>(ADDITIONS, {
      ...before,
      additions: withAddition(before.additions, addition),
    })
  }
  if (state === 'running') {
    const sample = { atMs: performance.now(), bytes: progress.doneBytes }
    watched.setState(({ samples }) => ({ samples: { ...samples, [id]: withSample(samples[id] ?? [], sample) } }))
  } else if (!known || known.state === 'running') ended(addition)
}

function ended(addition: ModelAddition): void {
  const { id, source, state, error } = addition
  watched.setState(({ samples: { [id]: _, ...samples } }) => ({ samples }))
  if (state === 'done') {
    tokens.delete(source)
    modelsChanged()
  }
  if (!watched.getState().mine.has(id) || modelsDialog.getState().part !== null) return
  const name = shownText(nameOf(addition), 60)
  if (state === 'done') toast(textNow()('models.added', { name }))
  else if (error && state === 'failed') toast(textNow()('models.failed', { name, reason: say(error.message) }), 'error')
}

/** What the catalogue of models says is asked anew, and so is what depends on it. */
export function modelsChanged(): void {
  for (const queryKey of [MODELS, ADDITIONS, ['templates'], ['providers']]) {
    void queryClient.invalidateQueries({ queryKey })
  }
  checkAgain()
  askForQuote()
}

/** The document is checked anew whenever a model has come or gone, by whichever hand. */
export function watchModels(): () => void {
  let last: string | null = null
  return queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.queryKey[0] !== MODELS[0]) return
    const models = query.state.data as ModelSummary[] | undefined
    if (!models) return
    const names = models
      .map(({ name }) => name)
      .sort()
      .join('\n')
    const changed = last !== null && last !== names
    last = names
    if (!changed) return
    checkAgain()
    askForQuote()
    void queryClient.invalidateQueries({ queryKey: ['templates'] })
  })
}
