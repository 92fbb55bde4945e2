import type { Sentences } from './sentences.ts'

/** Plans of shots, and their text. */
export const shotsSentences: Sentences = {
  // What contradicts itself.
  'The longest shot ({#longest} s) must be at least twice the shortest ({#shortest} s).':
    '最长镜头（{#longest} 秒）至少须为最短镜头（{#shortest} 秒）的两倍。',
  'The fade ({#fade} s) must not be longer than the shortest shot ({#shortest} s).':
    '淡入（{#fade} 秒）不能长于最短镜头（{#shortest} 秒）。',
  'The beats are of {#beats} s of sound and this sound lasts {#sound} s: link the beats of this very sound.':
    '节拍出自 {#beats} 秒的声音，而这段声音长 {#sound} 秒：请连接这段声音自己的节拍。',

  // What is said of a plan.
  'Shots: {#count}, from {#shortest} to {#longest} s long.': '镜头：{#count} 个，长 {#shortest} 至 {#longest} 秒。',
  'Prompts that no shot uses: {#count}.': '没有镜头使用的提示词：{#count} 条。',
  'Sections that prompts name and this music does not have: {names}.': '提示词提到而这段音乐没有的段落：{names}。',
  'Changes by hand that find nothing to change here, and are kept: {#count}.':
    '在此找不到对象的手动修改（已保留）：{#count} 处。',

  // The text of a plan.
  'Line {#line}: "{time}" is no time; write minutes and seconds, such as 0:12.400.':
    '第 {#line} 行：“{time}”不是时间；请写分和秒，例如 0:12.400。',
  'Line {#line}: the first shot has to begin at 0:00.000.': '第 {#line} 行：第一个镜头须从 0:00.000 开始。',
  'Line {#line}: {time} lies beyond the end of the sound, at {end}.':
    '第 {#line} 行：{time} 超出了声音的结尾（{end}）。',
  'Line {#line}: {time} is not a frame later than the shot before it.':
    '第 {#line} 行：{time} 比上一个镜头晚不到一帧。',
  'The text names no shot: write a line such as 0:00.000  1 wide  | zoom in.':
    '文本中没有镜头：请写一行，例如 0:00.000  1 wide  | 镜头推近。',
  'A text has at most {#most} shots; this one has {#count}.': '文本最多 {#most} 个镜头，现有 {#count} 个。',
  'Line {#line}: the prompt is longer than 2000 characters.': '第 {#line} 行：提示词超过 2000 个字符。',
  'Line {#line}: a seed is a whole number of up to 15 digits, not "{value}".':
    '第 {#line} 行：种子是不超过 15 位的整数，“{value}”不是。',
  'Line {#line}: a fade lasts from 0 to 4 seconds, not "{value}".':
    '第 {#line} 行：淡入为 0 至 4 秒，不能是“{value}”。',
  'Line {#line}: pictures are numbered from 1 to 1000, not "{value}".':
    '第 {#line} 行：图片编号为 1 至 1000，不能是“{value}”。',
  'Line {#line}: "{word}" is not known here; words may be wide, medium, close, seed, fade, continues, lock and star, and the prompt stands behind |.':
    '第 {#line} 行：此处不认识“{word}”；可写 wide、medium、close、seed、fade、continues、lock 和 star，提示词写在 | 之后。',
}
