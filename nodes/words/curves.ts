import type { NodeWords } from './node-words.ts'

/** Curves. */
export const curvesWords: Record<string, NodeWords> = {
  'curve.from-beats': {
    title: '由节拍生成曲线',
    description: '从音乐的一个方面生成 0 到 1 的曲线：每拍或每小节的脉冲、起音或响度。',
    ports: { beats: '节拍', curve: '曲线' },
    params: {
      source: {
        title: '跟随',
        help: '曲线跟随什么',
        choices: {
          'beat-pulse': '每拍脉冲',
          'bar-pulse': '每小节脉冲',
          onset: '起音',
          bass: '低频',
          mid: '中频',
          high: '高频',
          loudness: '响度',
        },
      },
      decaySeconds: { title: '衰减', help: '脉冲与起音降到 37 % 所需的秒数' },
      safeFlashes: { title: '安全闪光', help: '每秒超过三拍时隔拍脉动，使亮度不会危险地快速闪烁' },
    },
  },
  'curve.draw': {
    title: '绘制曲线',
    description: '手绘一条曲线，长度与声音相同，或为指定的秒数。',
    ports: { audio: '音频', curve: '曲线' },
    portHelp: { audio: '曲线采用其长度的声音。' },
    params: {
      points: { title: '曲线', help: '曲线上的点：从左到右是时间，从下到上是数值' },
      seconds: { title: '长度', help: '未连接声音时曲线的长度' },
      lowest: { title: '最低值', help: '图中底边的数值' },
      highest: { title: '最高值', help: '图中顶边的数值' },
    },
  },
  'curve.math': {
    title: '修整曲线',
    description: '平滑、缩放并限制一条曲线。',
    ports: { curve: '曲线' },
    params: {
      smoothSeconds: { title: '平滑', help: '平滑的秒数' },
      power: { title: '幂', help: '大于 1 突出峰值' },
      scale: { title: '倍数', help: '乘以这个数' },
      offset: { title: '偏移', help: '加上这个数' },
      minimum: { title: '下限', help: '不低于此值' },
      maximum: { title: '上限', help: '不高于此值' },
    },
  },
  'curve.combine': {
    title: '合并曲线',
    description: '把两条曲线逐点合成一条。',
    ports: { a: 'A', b: 'B', curve: '曲线' },
    params: {
      operation: {
        title: '运算',
        help: '如何合成',
        choices: { add: '相加', subtract: '相减', multiply: '相乘', maximum: '取大', minimum: '取小' },
      },
    },
  },
  'curve.to-number': {
    title: '曲线转数字',
    description: '从曲线得到一个数：平均值、最高值、最低值，或某一刻的值。',
    ports: { curve: '曲线', number: '数字' },
    params: {
      measure: {
        title: '取值',
        help: '从曲线取什么',
        choices: { mean: '平均', peak: '最高', lowest: '最低', moment: '某一刻' },
      },
      seconds: { title: '时刻', help: '取某一刻时：从曲线开头算起的秒数' },
    },
  },
  'curve.constant': {
    title: '数字转曲线',
    description: '始终为同一个数的曲线。',
    ports: { number: '数字', curve: '曲线' },
    params: { seconds: { title: '长度', help: '曲线持续多久；之后读到的是最后的值' } },
  },
}
