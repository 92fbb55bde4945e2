import type { Words } from '../words.ts'

/** Whether picture and sound of a finished video agree. */
export const certificateWords = {
  'certificate.green': ['Picture and sound agree', '画面与声音一致'],
  'certificate.red': ['Picture and sound do not agree', '画面与声音不一致'],
  'certificate.unknown': ['Whether picture and sound agree cannot be told', '无法判断画面与声音是否一致'],
  'certificate.numbers': ['What was measured', '测量结果'],
  'certificate.frames': ['Frames', '帧数'],
  'certificate.cuts': ['Hard cuts', '硬切'],
  'certificate.planned': ['Planned cuts found', '找到的计划切点'],
  'certificate.share': ['{n} of {m}', '{n} / {m}'],
  'certificate.shift': ['Picture after the beat', '画面在节拍之后'],
  'certificate.spread': ['Cut to beat: median, 95 %, most', '切点与节拍：中位数、95%、最大'],
  'certificate.offset': ['Sound after the song', '声音在歌曲之后'],
  'certificate.loudness': ['Loudness', '响度'],
  'certificate.peak': ['Peak', '峰值'],
  'certificate.ms': ['{n} ms', '{n} 毫秒'],
} satisfies Words
