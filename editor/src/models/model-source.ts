/** As the engine takes it: `owner/name` or `owner/name@revision`. */
const HUB_ID = /^([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)(?:@(\w[\w./-]*))?$/
const USUAL_HUB = 'https://huggingface.co'
const LONGEST_ADDRESS = 500
/** As the engine writes down where an installed model came from: at a commit, a mirror's address before it. */
const ADDED_FROM = /^(?:(https?:\/\/.+)\/)?([A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*)@([0-9a-f]{40})$/
/** What is a name on every file system, as the engine takes it. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/

export const isModelName = (text: string): boolean => NAME.test(text)
export const isHubId = (text: string): boolean => HUB_ID.test(text)

/**
 * Where a source can be looked at: a web address as it is, a hub's `owner/name@commit` as its page. Null for everything
 * else, such as a folder, or an address of another kind than http and https.
 */
export function sourceLink(source: string): string | null {
  const [, mirror, its, commit] = ADDED_FROM.exec(source) ?? []
  if (mirror !== undefined) return webAddress(`${mirror}/${its}/tree/${commit}`)
  const [, repo, revision] = HUB_ID.exec(source) ?? []
  if (repo !== undefined) return `${USUAL_HUB}/${repo}${revision ? `/tree/${revision}` : ''}`
  return webAddress(source)
}

function webAddress(source: string): string | null {
  if (source.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(source) || !URL.canParse(source)) return null
  const { protocol, username, password, href } = new URL(source)
  // A name before the host makes an address look like another's.
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null
  return href
}

/** `owner/name@revision` of what was typed or pasted: a page of the usual hub is as good as the id it shows. */
export function hubIdOf(text: string): string {
  const trimmed = text.trim()
  const page = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/(.+)$/i.exec(trimmed)?.[1]
  if (page === undefined) return trimmed
  const [owner, name, tree, ...revision] = page
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
  if (!owner || !name) return trimmed
  return `${owner}/${name}${tree === 'tree' && revision.length > 0 ? `@${revision.join('/')}` : ''}`
}

/** A name for a model of that source, where nobody gave one; empty where none can be made of it. */
export function nameFrom(source: string): string {
  const last =
    source
      .replace(/@.*$/, '')
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? ''
  const name = last.replaceAll(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '')
  return isModelName(name) ? name : ''
}

/**
 * The source of an installed model, where others can get it from it as well: a hub's model at a commit. Not a folder,
 * which may look like a hub's id, nor an address with a password.
 */
export function sharedSource(source: string | null | undefined): string | undefined {
  return source && ADDED_FROM.test(source) && sourceLink(source) !== null ? source : undefined
}
