import type { Sentences } from './sentences.ts'

/** Pictures, sound and video files. */
export const mediaSentences: Sentences = {
  // What a file turned out to be.
  'a JPG picture': 'JPG 图片',
  'a PNG picture': 'PNG 图片',
  'a WebP picture': 'WebP 图片',
  'a WAV sound': 'WAV 音频',
  'an MP3 sound': 'MP3 音频',
  'a FLAC sound': 'FLAC 音频',
  'an OGG sound': 'OGG 音频',
  'an AAC sound': 'AAC 音频',
  'an MP4 or M4A file': 'MP4 或 M4A 文件',
  'a Matroska or WebM file': 'Matroska 或 WebM 文件',
  text: '文本',
  empty: '空文件',
  'of a kind Beatloom does not know': 'Beatloom 不认识的类型',

  // Pictures.
  '"{name}" is no JPG, PNG or WebP picture: it is {format}. Choose another file.':
    '“{name}”不是 JPG、PNG 或 WebP 图片，而是{format}。请选择其他文件。',
  '"{name}" has {#width} × {#height} pixels; pictures up to 100 megapixels can be read, so scale it down first.':
    '“{name}”有 {#width} × {#height} 像素；最多可读取 1 亿像素的图片，请先缩小。',
  'The picture "{name}" is damaged or cut short: open and save it again in a picture program, or choose another.':
    '图片“{name}”已损坏或不完整：请用图片软件打开并重新保存，或选择其他图片。',
  'The picture has no pixels, or not as many as its size says.': '图片没有像素，或像素数与其尺寸不符。',
  'The picture is damaged: a part of it is cut off.': '图片已损坏：缺少一部分内容。',
  'Only MP4 videos and PNG pictures carry a workflow; this file is {format}.':
    '只有 MP4 视频和 PNG 图片能携带工作流，而此文件是{format}。',

  // Sound.
  '"{name}" is no WAV, MP3, FLAC, OGG or M4A sound: it is {format}. Choose another file.':
    '“{name}”不是 WAV、MP3、FLAC、OGG 或 M4A 音频，而是{format}。请选择其他文件。',
  '"{name}" is damaged or holds no sound.': '“{name}”已损坏或不含声音。',
  '"{name}" has no sound in it: it lasts 0 seconds. Choose another file.':
    '“{name}”中没有声音：长度为 0 秒。请选择其他文件。',
  'The file is no sound: it is {format}.': '此文件不是音频，而是{format}。',
  'The song has only {sound} of sound from its start point; silence was added to make {wanted}.':
    '从起点算起歌曲只有 {sound}声音，已补静音至 {wanted}。',
  'The song has {sound} of sound from its start point, so the clip lasts that long instead of {wanted}.':
    '从起点算起歌曲有 {sound}声音，因此片段以此为长度，而不是 {wanted}。',
  'The cover picture inside the sound file was left aside.': '音频文件中的封面图片未被使用。',
  '"{name}" is {length} long, so it cannot start at {start}: choose an earlier start.':
    '“{name}”长 {length}，不能从 {start}处开始：请选择更早的起点。',
  '{#seconds} s': '{#seconds} 秒',

  // Video.
  'The file is no finished MP4 video.': '此文件不是完整的 MP4 视频。',
  'The file is no finished MP4 video: its index is missing or damaged.': '此文件不是完整的 MP4 视频：索引缺失或损坏。',
  'The video file became shorter while it was read.': '视频文件在读取时变短了。',
  'The video’s index points outside its data.': '视频的索引指向了数据之外。',
  'The video is just over 4 GiB, which its index cannot reach; shorten it.':
    '视频略超过 4 GiB，超出索引的范围；请缩短视频。',
  'The video has no picture to show.': '视频中没有可显示的画面。',
  'The file has no picture track.': '此文件没有画面轨道。',
  'There are no frames to encode.': '没有可编码的画面。',
  'H.264 video needs even sides; the frames are {#width} × {#height}.':
    'H.264 视频的宽和高须为偶数，而画面是 {#width} × {#height}。',
  'The frames ended early: {#came} of {#announced} came.': '画面提前结束：{#announced} 帧中只有 {#came} 帧。',
  'The frames do not keep to their own facts: frame {#n} of {#count} is {#width} × {#height} with {#channels} channels, and {#announcedWidth} × {#announcedHeight} RGB was announced.':
    '画面与其说明不符：第 {#n} 帧（共 {#count} 帧）是 {#width} × {#height}、{#channels} 个通道，而说明为 {#announcedWidth} × {#announcedHeight} RGB。',
  'The written video is not what was asked for: {problems}.': '写出的视频与要求不符：{problems}。',
  '{problem}; {others}': '{problem}；{others}',
  'its index does not stand first': '索引不在文件开头',
  'its pictures last {#seconds} s and not {#wanted} s': '画面长 {#seconds} 秒，而不是 {#wanted} 秒',
  'it has no picture track': '没有画面轨道',
  'it has {#count} frames, not {#wanted}': '有 {#count} 帧，而不是 {#wanted} 帧',
  'it is {#width} × {#height}, not {#wantedWidth} × {#wantedHeight}':
    '大小为 {#width} × {#height}，而不是 {#wantedWidth} × {#wantedHeight}',
  'its picture starts at {#seconds} s': '画面从 {#seconds} 秒处开始',
  'it has sound': '含有声音',
  'it has no sound': '没有声音',
  'its sound starts {#seconds} s off the picture': '声音与画面起点相差 {#seconds} 秒',
  'its sound has {#channels} channels': '声音有 {#channels} 个声道',
  'the workflow inside it differs from the one that ran': '其中的工作流与运行的不同',

  // Files and ffmpeg.
  'The file does not exist any more.': '文件已不存在。',
  'The file cannot be opened for reading.': '无法打开文件进行读取。',
  'The disk is full: the file could not be written. Free some space and run again.':
    '磁盘已满，无法写入文件。请腾出空间后重新运行。',
  'BEATLOOM_FFMPEG points to "{path}", which does not run or lacks the encoders libx264 and aac; correct it or unset it.':
    'BEATLOOM_FFMPEG 指向“{path}”，它无法运行，或缺少编码器 libx264 与 aac；请更正或取消该设置。',
  'No ffmpeg with H.264 (libx264) and AAC was found: install it (Debian: apt-get install ffmpeg, macOS: brew install ffmpeg, Windows: winget install ffmpeg) or set BEATLOOM_FFMPEG to its path.':
    '没有找到支持 H.264（libx264）和 AAC 的 ffmpeg：请安装（Debian：apt-get install ffmpeg，macOS：brew install ffmpeg，Windows：winget install ffmpeg），或把 BEATLOOM_FFMPEG 设为它的路径。',
  'ffmpeg could not be started: {reason}': '无法启动 ffmpeg：{reason}',
  'ffmpeg was stopped from outside ({signal}) while {work}, perhaps for want of memory; nothing was kept, so run it again.':
    'ffmpeg 在{work}时被外部终止（{signal}），可能是内存不足；没有保留任何内容，请重新运行。',
  'ffmpeg failed while {work}: {reason}': 'ffmpeg 在{work}时出错：{reason}',
  reading: '读取',
  encoding: '编码',
  'exit code {#code}': '退出码 {#code}',
}
