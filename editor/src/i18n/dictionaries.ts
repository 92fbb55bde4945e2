import { accessWords } from './words/access.ts'
import { appWords } from './words/app.ts'
import { canvasWords } from './words/canvas.ts'
import { certificateWords } from './words/certificate.ts'
import { commandsWords } from './words/commands.ts'
import { errorsWords } from './words/errors.ts'
import { filesWords } from './words/files.ts'
import { groupsWords } from './words/groups.ts'
import { linksWords } from './words/links.ts'
import { modelsWords } from './words/models.ts'
import { musicWords } from './words/music.ts'
import { pageWords } from './words/page.ts'
import { runWords } from './words/run.ts'
import { tabsWords } from './words/tabs.ts'
import { widgetsWords } from './words/widgets.ts'

/** Every word of the interface, by key; one file an area in `words/`. */
export const WORDS = {
  ...accessWords,
  ...appWords,
  ...canvasWords,
  ...certificateWords,
  ...commandsWords,
  ...errorsWords,
  ...filesWords,
  ...groupsWords,
  ...linksWords,
  ...modelsWords,
  ...musicWords,
  ...pageWords,
  ...runWords,
  ...tabsWords,
  ...widgetsWords,
}

export type TextKey = keyof typeof WORDS
export const isTextKey = (key: string): key is TextKey => Object.hasOwn(WORDS, key)
