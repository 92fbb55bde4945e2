const READ_TYPES = /^(image\/(jpeg|png|webp)|audio\/.+|video\/(?!mp2t$).+|application\/ogg)$/
const READ_ENDINGS = /\.(jpe?g|png|webp|wav|mp3|flac|og[ga]|opus|m4a|aac|mp4|m4v|mov|webm|mkv|safetensors)$/i
const ENDING = /\.[a-z0-9]{1,12}$/i

/**
 * Whether a file may become a node, by what the system says it is: only such files leave this machine for the server.
 * One without a type and without an ending may be anything; then the server's own look at the bytes decides.
 */
export function isLoadable({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  const isTyped = type !== '' && type !== 'application/octet-stream'
  return isTyped ? READ_TYPES.test(type) : READ_ENDINGS.test(name) || !ENDING.test(name)
}
