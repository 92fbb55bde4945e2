/** Names that Windows keeps for devices, in every folder and with every ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const MAX_LENGTH = 100

/**
 * A file name that every system takes, from what a person typed: no folders, no control characters, not too long.
 * @param ending without the dot; not doubled when already typed.
 */
export function fileNameOf(name: string, ending: string): string {
  const kept = name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .trim()
    .replace(new RegExp(`\\.${ending}$`, 'i'), '')
    .replace(/^[. ]+|[. ]+$/g, '')
  const stem = [...kept].slice(0, MAX_LENGTH).join('')
  if (stem === '') return `untitled.${ending}`
  return RESERVED.test(stem) ? `${stem}_.${ending}` : `${stem}.${ending}`
}
