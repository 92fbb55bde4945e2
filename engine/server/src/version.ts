import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from './folder/data-folder.ts'

export const VERSION: string = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')).version
