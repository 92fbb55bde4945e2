/** What a browser tells of files while they are still being dragged: kinds, never names. */
export interface DragSummary {
  workflows: number
  media: number
  /** Of the media, those of a kind that may carry a workflow. */
  mayCarry: number
  others: number
}

const CARRIERS = /^(image\/png|video\/(mp4|webm|x-matroska)|audio\/(wav|x-wav|wave|vnd\.wave|mpeg|mp3|flac|x-flac))$/
const BUNDLE = /^application\/(json|zip|x-zip-compressed)$/

export function summarizeDrag(items: Iterable<{ kind: string; type: string }>): DragSummary {
  const summary: DragSummary = { workflows: 0, media: 0, mayCarry: 0, others: 0 }
  for (const { kind, type } of items) {
    if (kind !== 'file') continue
    if (BUNDLE.test(type)) summary.workflows++
    else if (/^(image|audio|video)\//.test(type)) {
      summary.media++
      if (CARRIERS.test(type)) summary.mayCarry++
    } else summary.others++
  }
  return summary
}
