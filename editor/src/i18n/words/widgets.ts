import type { Words } from '../words.ts'

/** Fields of nodes and forms. */
export const widgetsWords = {
  'param.reset': ['Reset {name}', '重置“{name}”'],
  'param.onForm': ['Show {name} on the form', '在表单中显示“{name}”'],
  'widget.range': ['Allowed: {min} to {max}', '允许范围：{min} 至 {max}'],
  'widget.modelMissing': ['{name} (not installed)', '{name}（未安装）'],
  'seed.roll': ['New seed', '换一个种子'],
  'seed.eachRun': ['New seed for each run', '每次运行换新种子'],
  'file.choose': ['Drop or choose a file', '拖入或选择文件'],
  'file.sending': ['Sending the file', '正在上传文件'],
  'file.missing': ['This file is no longer there. Choose it again.', '此文件已不存在，请重新选择。'],
  'file.empty': ['“{name}” is empty.', '“{name}”是空文件。'],
  'file.notImage': [
    '“{name}” is no picture this can read. JPG, PNG and WebP work.',
    '无法把“{name}”读作图片。支持 JPG、PNG 和 WebP。',
  ],
  'file.notAudio': [
    '“{name}” is no sound this can read. MP3, WAV, FLAC, OGG and M4A work.',
    '无法把“{name}”读作音频。支持 MP3、WAV、FLAC、OGG 和 M4A。',
  ],
  'file.notVideo': [
    '“{name}” is no video this can read. MP4 and WebM work.',
    '无法把“{name}”读作视频。支持 MP4 和 WebM。',
  ],
  'beats.tempo': ['{bpm} BPM', '{bpm} BPM'],
  'beats.none': ['No steady beat', '没有稳定的节拍'],
  'beats.count': ['{n} beats', '{n} 拍'],
  'beats.confidence': ['{share} sure', '置信度 {share}'],
} satisfies Words
