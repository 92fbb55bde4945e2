import type { Sentences } from './sentences.ts'

/** What single nodes refuse, remark and report. */
export const nodesSentences: Sentences = {
  // Beats.
  'The fastest tempo ({#max}) must be above the slowest ({#min}).': '最快速度（{#max}）必须大于最慢速度（{#min}）。',
  'The hint must lie between {#min} and {#max}, or be 0.': '速度提示须在 {#min} 与 {#max} 之间，或为 0。',
  'No steady beat was found in this sound, so nothing will move on a beat.':
    '没有在这段声音中找到稳定的节拍，因此画面不会随节拍运动。',
  'The model "{model}" does not answer in float32.': '模型“{model}”的输出不是 float32。',
  'The model "{model}" does not answer every row with two numbers.': '模型“{model}”没有为每一行输出两个数值。',
  'The network that hears beats could not be used, so they were worked out from onsets alone, which mistakes off-beats and half or double time more often: {reason}':
    '无法使用识别节拍的网络，因此仅由起音推算节拍，更容易把弱拍、半速或倍速当成节拍：{reason}',
  'Changes that found no beat within 70 ms of their time, and are kept without effect: {times}.':
    '以下修改在其时刻 70 毫秒内没有找到节拍，已保留但不起作用：{times}。',
  '{times} and {#rest} more': '{times} 等，另有 {#rest} 项',
  'No steady beat in {length} of sound (confidence {share}).': '在 {length}的声音中没有稳定的节拍（置信度 {share}）。',
  '{#tempo} BPM': '{#tempo} BPM',
  '{#beats} beats to the bar': '每小节 {#beats} 拍',
  '{#beats} beats and {#bars} bars in {length}': '{length}内 {#beats} 拍、{#bars} 小节',
  'confidence {share}': '置信度 {share}',
  '{#share} %': '{#share}%',
  'other readings: {others} BPM': '其他可能：{others} BPM',
  '{#tempo} and {#others}': '{#tempo} 和 {#others}',

  // Curves.
  'The minimum ({#minimum}) must not be above the maximum ({#maximum}).':
    '下限（{#minimum}）不能大于上限（{#maximum}）。',
  'The curve has no values to take a number of.': '曲线没有数值，无法从中取数。',

  // Frames.
  'The first clip has {#first} frames per second and the second {#second}: give both the same with Change frame rate.':
    '第一段画面每秒 {#first} 帧，第二段每秒 {#second} 帧：请用“改变帧率”使两者一致。',
  'There is no frame {#frame}: the clip has {#count} frames, numbered 0 to {#last}, or -1 to -{#count2} from its end.':
    '没有第 {#frame} 帧：这段画面共 {#count} 帧，编号为 0 到 {#last}，或从末尾算起 -1 到 -{#count2}。',
  'These frames have no length: set the seconds, or link the audio or a curve.':
    '这段画面没有长度：请设置秒数，或连接音频或曲线。',
  'The picture is less than 2 pixels wide or high.': '图片的宽或高不足 2 像素。',
  'A zoomed picture needs one or three channels and at least 2 × 2 pixels.':
    '缩放的图片需要一个或三个通道，且至少 2 × 2 像素。',
  'A picture for video needs red, green and blue and an even width and height.':
    '用于视频的图片需要红、绿、蓝三个通道，且宽和高均为偶数。',

  // Pictures.
  'A colour is # and six hexadecimal digits.': '颜色写作 # 加六位十六进制数。',
  'The picture was scaled down from {#fromWidth} × {#fromHeight} to {#width} × {#height} pixels.':
    '图片已从 {#fromWidth} × {#fromHeight} 缩小到 {#width} × {#height} 像素。',
  'Scaled down to {#side} pixels on their longer side: {#scaled} of {#count} pictures.':
    '{#count} 张图片中有 {#scaled} 张已缩小到最长边 {#side} 像素。',
  'Take at most {#most} pictures.': '最多选取 {#most} 张图片。',
  'No picture is chosen.': '尚未选择图片。',
  'Picture {#number} of {#count}: {problem}': '第 {#number} 张图片（共 {#count} 张）：{problem}',
  'The workflow inside the PNG differs from the one that ran.': 'PNG 中的工作流与运行的不同。',

  // Masks.
  'No subject stands out in this picture. Link the VAE of the model here, so that the model guesses, or make the mask another way.':
    '这张图片中没有突出的主体。请在这里连接模型的 VAE，由模型来猜测，或用其他方法制作遮罩。',
  'No subject stands out in this picture, for the model neither: the mask is nearly empty.':
    '这张图片中没有突出的主体，模型也看不出：遮罩几乎是空的。',
  'Nothing stands out in this picture, so this is the model’s own guess.':
    '这张图片中没有突出的主体，因此这是模型自己的猜测。',
  'The subject covers {share} of the picture, {certainty} sure.': '主体占图片的 {share}，把握 {certainty}。',

  // Sound.
  'Cut at {#seconds} s.': '切点在 {#seconds} 秒处。',
  'The sound is too short to be cut in two: take more of the song.': '声音太短，无法切成两段：请取用更长的一段歌曲。',

  // Song video.
  'The sound is {#seconds} s long; the pocket model makes clips of up to {#longest} s, so shorten it in LoadAudio.':
    '声音长 {#seconds} 秒；内置小模型最多生成 {#longest} 秒，请在“加载音频”中缩短。',
  'The picture has {#width}×{#height} pixels and was enlarged for a {#videoWidth}×{#videoHeight} video; a larger one would look sharper.':
    '图片为 {#width}×{#height} 像素，已放大以生成 {#videoWidth}×{#videoHeight} 的视频；更大的图片会更清晰。',
  'The mask is empty, so no subject moves.': '遮罩是空的，因此没有主体会动。',
  'The shot before is {#beforeWidth}×{#beforeHeight}, this one {#width}×{#height}: give both the same aspect.':
    '前一镜头为 {#beforeWidth}×{#beforeHeight}，这个为 {#width}×{#height}：请让两者比例相同。',
  '{#count} of the scheduled prompts begin after the clip has ended, at {#seconds} s.':
    '有 {#count} 条定时提示词在片段于 {#seconds} 秒结束后才开始。',
  'Song video latent works with the pocket model; one of its inputs comes from a model of the kind "{family}".':
    '“歌曲视频潜空间”需配合内置小模型使用，而它的一个输入来自“{family}”类模型。',

  // Prompt schedule.
  'Line {#line} does not begin with a time; write 0:04 or bar 3 and then the words.':
    '第 {#line} 行没有以时间开头；请先写 0:04 或第3小节，再写提示词。',
  'Line {#line} has a time and no words.': '第 {#line} 行有时间，没有提示词。',
  'The schedule is empty: write a line such as 0:00 zoom in.': '时间表是空的：请写一行，例如 0:00 镜头推近。',
  'The first line has to begin with the clip, at 0:00 or in bar 1.': '第一行须从片段开头开始：0:00 或第 1 小节。',
  'A schedule has at most {#most} lines; this one has {#count}.': '时间表最多 {#most} 行，现有 {#count} 行。',
  '"{words}" does not begin later than the line before it.': '“{words}”的开始时间没有晚于上一行。',
  'There is no bar {#bar} in this sound; it has {#count}.': '这段声音没有第 {#bar} 小节，只有 {#count} 小节。',
  'The schedule names bar {#bar}: link the beats, which say when bars begin.':
    '时间表写了第 {#bar} 小节：请连接节拍，它说明小节从何时开始。',

  // Models, sampling, prompts.
  'The model "{model}" is incomplete: it has no {parts}.': '模型“{model}”不完整：缺少 {parts}。',
  "The boundary lies between 0 and 1, or is -1 for the model's own; it is {#boundary}.":
    '界限须在 0 与 1 之间，或为 -1（用模型自带的值）；现在是 {#boundary}。',
  'The experts are of different kinds: "{high}" and "{low}".': '两个专家的类型不同：“{high}”与“{low}”。',
  'The model names no boundary between its experts; set one, or change by step.':
    '模型没有给出专家之间的界限；请设置界限，或改为按步数切换。',
  '{name} changes {#count} of the model’s {#all} layers.': '{name} 改动模型 {#all} 层中的 {#count} 层。',
  '{#count} tensors of {name} have no place in this model and are left out, such as {names}.':
    '{name} 的 {#count} 个张量在此模型中没有位置，已略去，例如 {names}。',
  'A seed is a whole number in decimal.': '种子须为十进制整数。',
  'A seed is at most {#max}; this one is {seed}.': '种子最大为 {#max}，而这个是 {seed}。',
  'This list holds no prompt yet: write at least one.': '列表中还没有提示词：请至少写一条。',
  'This VAE belongs to a model of the kind "{vae}" and cannot decode a latent of the kind "{latent}".':
    '此 VAE 属于“{vae}”类模型，无法解码“{latent}”类的潜空间。',
  'The picture is enlarged by {#share} % to give the camera room.': '图片已放大 {#share}%，为镜头运动留出余地。',
  'The camera moves {#share} % of what was asked, as far as the picture reaches.':
    '受图片大小所限，镜头只移动所求幅度的 {#share}%。',

  // Values.
  '{quoted} is neither yes nor no: write yes, true, on or 1, or no, false, off or 0.':
    '{quoted} 既不是“是”也不是“否”：请写 yes、true、on 或 1，或 no、false、off 或 0。',
  '{quoted} is no number: write digits, such as 120 or -3.5.': '{quoted} 不是数字：请写数字，例如 120 或 -3.5。',
  '{#rate} fps': '每秒 {#rate} 帧',
  '{#rate} latent frames a second': '每秒 {#rate} 个潜空间帧',
  '{#count} frames': '{#count} 帧',
  '{#rate} values a second': '每秒 {#rate} 个值',
  yes: '是',
  no: '否',
  nothing: '无',
  'a list of {#count}': '{#count} 项的列表',
  '{#count} beats': '{#count} 拍',
  '{#count} shots': '{#count} 个镜头',
  '{#count} values': '{#count} 个值',
  'a record of {names}': '含 {names} 的记录',
  '{fact}, {facts}': '{fact}，{facts}',

  // Video files.
  '"{name}" has no pictures in it. Choose another file.': '“{name}”中没有画面。请选择其他文件。',
  '"{name}" has no sound: it was saved without any.': '“{name}”没有声音：保存时就没有。',
  'The picture lasts {picture} and the sound {sound}: give the sound {length} with Fit sound, or make {#count} frames.':
    '画面长 {picture}，声音长 {sound}：请用“调整音频长度”使声音为 {length}，或生成 {#count} 帧画面。',
  'The plan is of {#plan} s of sound and this sound lasts {#sound} s: link the sound that the plan was made of, or give this one its length with Fit sound.':
    '计划出自 {#plan} 秒的声音，而这段声音长 {#sound} 秒：请连接制定计划所用的声音，或用“调整音频长度”使其同样长。',
  'The sound can be as long as one thing only: link frames, a video or a plan, not several of them.':
    '声音只能以一项为准：请连接画面、视频或计划之一，不要同时连接几项。',
  'The sound lasts {#seconds} s now; it was {#before} s long.': '声音现长 {#seconds} 秒；原长 {#before} 秒。',

  // Shots.
  'What "{id}" ({title}) repeats has to begin with a node that gives it each shot: link what makes the frames to Each shot.':
    '“{id}”（{title}）所重复的内容必须从给出每个镜头的节点开始：请把制作画面的节点连接到“逐个镜头”。',
  'What "{id}" ({title}) repeats begins twice, at "{first}" and at "{second}": use one of them for all of it.':
    '“{id}”（{title}）所重复的内容有两个开头：“{first}”和“{second}”。请全部使用其中一个。',
  'There is no shot {#number}: the plan has {#count}. Set a number from 1 to {#count2}.':
    '没有第 {#number} 个镜头：计划中共有 {#count} 个。请设为 1 到 {#count2} 之间的编号。',
  'There is no picture for the shots: link at least one.': '镜头没有图片可用：请至少连接一张。',
  'Write numbers of shots, such as 3 or 2, 5-7.': '请填写镜头编号，例如 3 或 2, 5-7。',
  'The plan has {#count} shots, and none of them is chosen.': '计划中有 {#count} 个镜头，但一个也没有选中。',
  'The shot came {#missing} frames short; its last frame is held.': '这个镜头少了 {#missing} 帧，已保持其最后一帧。',
  'The shots are planned at {#wanted} frames per second and the frames come at {#came}: put Change frame rate before Render shots, or plan at {#came2}.':
    '镜头按每秒 {#wanted} 帧计划，而画面为每秒 {#came} 帧：请在“渲染镜头”前加上“改变帧率”，或按 {#came2} 帧计划。',
  'The shot has to have {#wanted} frames and {#came} came, {#seconds} s too few: make it as long as its sound, or plan shorter shots.':
    '这个镜头须有 {#wanted} 帧，实际只有 {#came} 帧，少了 {#seconds} 秒：请使其与声音等长，或计划较短的镜头。',
  'The plan has {#count} shots of {#frames} frames at {#rate} fps in all, and {#came} frames at {#cameRate} fps came: link all shots that Render shots makes of this plan, with Only shots left empty.':
    '计划共有 {#count} 个镜头、{#frames} 帧、每秒 {#rate} 帧，实际得到 {#came} 帧、每秒 {#cameRate} 帧：请连接“渲染镜头”按此计划做出的全部镜头，并让“只做这些镜头”留空。',
  'Head and tail have to be shorter than the shot.': '头尾两段之和须短于镜头本身。',
  'The two clips to blend differ in size, rate or length.': '要混合的两段在大小、帧率或长度上不同。',
  'The work was stopped; this small video has the finished shots, and drafts in place of the others.':
    '工作已停止；这个小视频包含已做好的镜头，其余以分镜片段代替。',
  'The shot was not made.': '镜头没有做出来。',
  'Shots are joined without sound of their own, and shot {#number} has some: link silent videos, as Render shots and Encode shot make them.':
    '拼接的镜头不能自带声音，而第 {#number} 个镜头带有声音：请连接“渲染镜头”或“编码镜头”做出的无声视频。',
  'Some shots go on from the one before, and nothing is linked to Shot before: they begin anew, which shows as a cut.':
    '有些镜头接着上一镜头，但“上一镜头”没有连接：它们会重新开始，看起来像切换。',
  'There are no shots to join.': '没有可拼接的镜头。',
  'Shots can be joined when they are alike: shot {#number} is {size}, the first {first}. Give all of them one size and rate.':
    '规格相同的镜头才能拼接：第 {#number} 个镜头为 {size}，第一个为 {first}。请使所有镜头的大小和帧率一致。',
  '{#width} × {#height} at {#rate} fps': '{#width} × {#height}、每秒 {#rate} 帧',
  'The joined video is not what was asked for: {problems}.': '拼接的视频与要求不符：{problems}。',
  'The song is in the video as it is in its file, byte by byte.': '视频中的歌曲与其文件逐字节相同。',
}
