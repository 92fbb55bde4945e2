/** Windows of one browser tell one another which draft has just been written. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('beatloom-drafts')

export function tellDraftNews(id: string): void {
  channel?.postMessage(id)
}

export function onDraftNews(listener: (id: string) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<string>) => listener(data))
}
