export { translateSentence } from './translate.ts'
