import { shellWord } from '../run/command-line.ts'

export interface FolderWish {
  folder: string
  name: string
  /** Empty for the precision the model comes in. */
  dtype: string
}

/** The command that adds a folder of the server's machine: only whoever is there opens folders of it. */
export function addCommand({ folder, name, dtype }: FolderWish): string {
  const words = ['beatloom models add', shellWord(folder.startsWith('-') ? `./${folder}` : folder)]
  if (name !== '') words.push('--name', shellWord(name))
  if (dtype !== '') words.push('--dtype', shellWord(dtype))
  return words.join(' ')
}
