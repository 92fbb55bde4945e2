import type { NodeDescriptor, ParamDescriptor, PortDescriptor } from '@beatloom/core'
import { type NodeWords, zhCategories, zhGallery, zhInputs, zhLabels, zhNodes } from '@beatloom/node-words'
import { useView } from '../view/view-store.ts'

/** `startSeconds` → `Start seconds`, for params and ports that bring no title. */
export function humanize(name: string): string {
  const words = name
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export interface NodeText {
  title: string
  description: string
  category: string
  param(param: ParamDescriptor): string
  help(param: ParamDescriptor): string
  choice(param: ParamDescriptor, value: string): string
  port(port: PortDescriptor): string
  portHelp(port: PortDescriptor): string
}

export function nodeText(descriptor: NodeDescriptor, language: 'en' | 'zh'): NodeText {
  const words: NodeWords | undefined = language === 'zh' ? zhNodes[descriptor.type] : undefined
  return {
    title: words?.title ?? descriptor.title,
    description: words?.description ?? descriptor.description,
    category: categoryText(descriptor.category, language),
    param: (param) => words?.params?.[param.name]?.title ?? param.title ?? humanize(param.name),
    help: (param) => words?.params?.[param.name]?.help ?? param.description,
    choice: (param, value) =>
      words?.params?.[param.name]?.choices?.[value] ?? param.choiceTitles?.[value] ?? choiceText(value),
    port: (port) => words?.ports?.[port.name] ?? port.title ?? humanize(port.name),
    portHelp: (port) => (words ? words.portHelp?.[port.name] : port.description) ?? '',
  }
}

const categoryText = (category: string, language: 'en' | 'zh'): string =>
  (language === 'zh' ? zhCategories[category.toLowerCase()] : undefined) ?? humanize(category)

/** `flow-match-euler` → `Flow match euler`; sizes and ratios stay as they are. */
const choiceText = (value: string): string => (/^[a-z]{3,}/.test(value) ? humanize(value) : value)

export const useNodeText = (descriptor: NodeDescriptor): NodeText =>
  nodeText(
    descriptor,
    useView((state) => state.language),
  )

/** The label a file gives an input or output: the gallery's own have Chinese words, a person's stay as they are. */
export const fileLabel = (label: string, language: 'en' | 'zh', name = ''): string =>
  (language === 'zh' && zhLabels[label] ? (zhInputs[name] ?? zhLabels[label]) : undefined) ?? label

/** A gallery text in the chosen language; a person's own titles stay as they are. */
export const galleryText = (text: string, language: 'en' | 'zh'): string =>
  (language === 'zh' ? zhGallery[text] : undefined) ?? text
