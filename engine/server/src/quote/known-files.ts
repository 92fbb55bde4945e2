import { type FileResolver, known, type ValueFacts } from '@beatloom/core'
import { type FileFacts, mediaFacts } from '../files/media-facts.ts'

/** Where facts are remembered. */
interface FactsTable {
  get(key: string): unknown
  set(key: string, facts: ValueFacts): unknown
}

/**
 * What files hold, by their content: looked at once, then remembered. A file that cannot be read has no facts here;
 * the run that needs it will say why.
 */
export class KnownFiles {
  readonly #files: FileResolver
  readonly #table: FactsTable
  readonly #looking = new Map<string, Promise<ValueFacts | null>>()

  constructor(files: FileResolver, table: FactsTable) {
    this.#files = files
    this.#table = table
  }

  readonly factsOf = async (reference: string): Promise<ValueFacts | null> => {
    const file = await this.#files.resolve(reference).catch(() => null)
    if (!file) return null
    const key = `about/${file.sha256}`
    const remembered = this.#table.get(key) as ValueFacts | null | undefined
    if (remembered) return remembered
    const underWay = this.#looking.get(key)
    if (underWay) return underWay
    const look = this.#look(file.path, file.name, key).finally(() => this.#looking.delete(key))
    this.#looking.set(key, look)
    return look
  }

  async #look(path: string, name: string, key: string): Promise<ValueFacts | null> {
    try {
      const facts = valueFacts(await mediaFacts(path, name))
      this.#table.set(key, facts)
      return facts
    } catch {
      return null
    }
  }
}

function valueFacts({ facts }: FileFacts): ValueFacts {
  const { width, height, durationSeconds, sampleRate, channels, frameRate } = facts
  return known({ width, height, durationSeconds, sampleRate, channels, frameRate })
}
