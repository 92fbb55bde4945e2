import type { NodeWords } from './node-words.ts'

/** Plain values, and the graph itself. */
export const valuesWords: Record<string, NodeWords> = {
  'value.text': {
    title: '文本',
    description: '一段文字。',
    ports: { text: '文本' },
    params: { value: { title: '文本', help: '文字内容' } },
  },
  'value.number': {
    title: '数字',
    description: '一个数字。',
    ports: { number: '数字' },
    params: { value: { title: '数字', help: '数值' } },
  },
  'value.boolean': {
    title: '是或否',
    description: '一个开关。',
    ports: { boolean: '是否' },
    params: { value: { title: '打开', help: '是或否' } },
  },
  'value.add': { title: '相加', description: '两个数之和。', ports: { a: 'A', b: 'B', sum: '和' } },
  'value.number-to-text': {
    title: '数字转文本',
    description: '把数字写成文字，小数位数可选。',
    ports: { number: '数字', text: '文本' },
    params: { decimals: { title: '小数位', help: '小数点后的位数；-1 为按原样写出' } },
  },
  'value.text-to-number': {
    title: '文本转数字',
    description: '把文字读作数字，小数用点或逗号均可：120、-3.5、1e3 或 0,25。',
    ports: { text: '文本', number: '数字' },
  },
  'value.boolean-to-number': {
    title: '是否转数字',
    description: '是与否各对应一个数：未指定时为 1 和 0。',
    ports: { boolean: '是否', number: '数字' },
    params: { yes: { title: '是', help: '“是”对应的数' }, no: { title: '否', help: '“否”对应的数' } },
  },
  'value.number-to-boolean': {
    title: '数字转是否',
    description: '大于界限的数为是，其余为否。',
    ports: { number: '数字', boolean: '是否' },
    params: { above: { title: '界限', help: '大于它的数为是' } },
  },
  'value.boolean-to-text': {
    title: '是否转文本',
    description: '是与否各对应一段文字，例如用来切换两条提示词。',
    ports: { boolean: '是否', text: '文本' },
    params: { yes: { title: '是', help: '“是”对应的文字' }, no: { title: '否', help: '“否”对应的文字' } },
  },
  'value.text-to-boolean': {
    title: '文本转是否',
    description: '把 yes、true、on、1、是、开读作是，把 no、false、off、0、否、关或空白读作否。',
    ports: { text: '文本', boolean: '是否' },
  },
  'graph.reroute': {
    title: '转接点',
    description: '连线上的一个折点：把接入的内容原样传给任意多个输入。',
    ports: { in: '输入', out: '输出' },
  },
  'value.show': {
    title: '显示值',
    description: '在画布上显示文本或数值；其他内容显示其尺寸、速率和长度。',
    ports: { value: '值' },
  },
}
