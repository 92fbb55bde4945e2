import type { Sentences } from './sentences.ts'

/** What a sync certificate says of a video, and how the command line tells it. */
export const certificateSentences: Sentences = {
  // Pictures.
  'Of {#all} frames only {#decoded} can be decoded.': '{#all} 帧中只有 {#decoded} 帧能够解码。',
  'The video has {#frames} frames; its plan has {#planned}.': '视频有 {#frames} 帧，而计划为 {#planned} 帧。',
  'Frames are missing between others: {#count}.': '中间缺少 {#count} 帧。',
  'The video shows {#rate} frames per second; its plan has {#planned}.':
    '视频每秒 {#rate} 帧，而计划为每秒 {#planned} 帧。',
  'The time from frame to frame varies, around {#rate} a second.': '帧与帧的间隔不均匀，平均每秒约 {#rate} 帧。',
  'The file has no pictures that can be decoded.': '文件中没有能够解码的画面。',
  'The file is no MP4 video: it is {format}.': '此文件不是 MP4 视频，而是{format}。',

  // Sound.
  'The sound starts {#ms} ms {way} the picture.': '声音比画面{way} {#ms} 毫秒开始。',
  'The sound ends {#ms} ms {way} the picture.': '声音比画面{way} {#ms} 毫秒结束。',
  after: '晚',
  before: '早',
  late: '晚',
  early: '早',
  louder: '响',
  quieter: '轻',
  'The video has no sound, so there is nothing to agree with.': '视频没有声音，因此无从核对。',
  'The sound is silent from beginning to end.': '声音从头到尾都是静音。',
  'The sound is clipped: full scale is held in {#count} places.': '声音有削波：{#count} 处达到满幅。',
  'The sound pauses for {#seconds} s in all, in {#count} places.': '声音共有 {#count} 处停顿，合计 {#seconds} 秒。',
  'The sound of the video is not that of the song, or lies seconds off it.': '视频的声音不是这首歌，或与它相差数秒。',
  'The sound comes {#ms} ms {way} against the song.': '声音比歌曲{way} {#ms} 毫秒。',
  'The sound drifts by {#ms} ms against the song.': '声音相对歌曲漂移了 {#ms} 毫秒。',
  'The sound lies where the song has it, {#ms} ms off.': '声音与歌曲位置一致，相差 {#ms} 毫秒。',
  'The sound is {#units} LU {way} than the song.': '声音比歌曲{way} {#units} LU。',

  // Cuts.
  'Of {#all} planned cuts {#count} cannot be seen; the pictures there are alike.':
    '{#all} 个计划的切点中有 {#count} 个看不出来，因为前后画面相似。',
  'Cuts are elsewhere than planned: {#missing} of {#all} are missing, {#count} are not in the plan.':
    '切点不在计划的位置：{#all} 个中缺少 {#missing} 个，另有 {#count} 个不在计划中。',
  'Cuts lie up to {#count} frames from where they were planned.': '切点与计划位置最多相差 {#count} 帧。',
  'Cuts lie {#ms} ms from their marks in the song.': '切点与歌曲中的标记相差 {#ms} 毫秒。',
  'Nineteen of twenty cuts lie within {#ms} ms of their marks in the song.':
    '二十个切点中有十九个与歌曲中的标记相差不超过 {#ms} 毫秒。',
  'No hard cuts were found, so nothing marks the beat in the picture.':
    '没有找到硬切，因此画面中没有可与节拍对照之处。',
  'No steady beat was found in the sound, so cuts cannot be compared with one.':
    '没有在声音中找到稳定的节拍，因此无法与切点对照。',
  'There are too few cuts to compare with the beat: five are needed.': '切点太少，无法与节拍对照：至少需要五个。',
  'The cuts do not follow the beat, so they say nothing about a shift.': '切点不随节拍，因此看不出是否错位。',
  'The cuts lie midway between the beats, which may be meant.': '切点位于两拍正中，这可能是有意的。',
  'The picture comes {#ms} ms {way} against the beat ({fact}).': '画面比节拍{way} {#ms} 毫秒（{fact}）。',
  'The cuts fall on the beat, {#ms} ms {way} on the median ({fact}).':
    '切点落在节拍上，中位数{way} {#ms} 毫秒（{fact}）。',
  'The cuts lie {#ms} ms {way} on the median, too uncertain to judge ({fact}).':
    '切点的中位数{way} {#ms} 毫秒，但不够确定，无法判断（{fact}）。',
  '{#count} cuts; 95 % sure of {#low} to {#high} ms': '{#count} 个切点；95% 确信在 {#low} 到 {#high} 毫秒之间',

  // On the command line.
  '{name}: picture and sound agree.': '{name}：画面与声音一致。',
  '{name}: picture and sound do not agree.': '{name}：画面与声音不一致。',
  '{name}: whether picture and sound agree cannot be told.': '{name}：无法判断画面与声音是否一致。',
  'Picture: {#count} frames at {#rate} a second, {#seconds} s, {#cuts} hard cuts.':
    '画面：{#count} 帧，每秒 {#rate} 帧，{#seconds} 秒，{#cuts} 个硬切。',
  'Sound: {#seconds} s.': '声音：{#seconds} 秒。',
  'Sound: {#seconds} s, {#loudness} LUFS, peak {#peak} dB.': '声音：{#seconds} 秒，{#loudness} LUFS，峰值 {#peak} dB。',
  'Beat: {#tempo} BPM, {#count} beats.': '节拍：{#tempo} BPM，{#count} 拍。',
  'Cuts against the beat: {#median} ms off on the median, {#most} ms at 95 %, {#worst} ms at most.':
    '切点与节拍：中位数相差 {#median} 毫秒，95% 不超过 {#most} 毫秒，最大 {#worst} 毫秒。',
  'Cuts against the plan: {#found} of {#all} found, {#frames} frames off at most.':
    '切点与计划：{#all} 个中找到 {#found} 个，最多相差 {#frames} 帧。',
  'Made with Beatloom: the file carries its workflow.': '由 Beatloom 制作：文件携带其工作流。',
  'The certificate inside was made of this very picture and sound.': '其中的证书正是由这份画面和声音测得的。',
  'No shot could be made anew: {message}': '无法重做镜头：{message}',
  'No shot was made anew: these files are not here as they were: {files}.':
    '没有重做镜头：以下文件不在这里或已改变：{files}。',
  'Shot {#shot} of {#count} was made anew: all {#frames} frames are the same, to the pixel.':
    '重做了 {#count} 个镜头中的第 {#shot} 个：全部 {#frames} 帧逐像素相同。',
  'Shot {#shot} of {#count} was made anew and is another one: {#decibels} dB.':
    '重做了 {#count} 个镜头中的第 {#shot} 个，结果不同：{#decibels} dB。',
  'Shot {#shot} of {#count} was made anew and is the same but for rounding: {#decibels} dB.':
    '重做了 {#count} 个镜头中的第 {#shot} 个，除舍入外相同：{#decibels} dB。',
  'The certificate inside was made of another picture or sound.': '其中的证书是由另一份画面或声音测得的。',
  'Measuring: {#share} %': '测量中：{#share}%',
  'Name a video file.': '请给出视频文件。',
  'There is no file "{path}".': '没有文件“{path}”。',
}
