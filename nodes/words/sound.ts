import type { NodeWords } from './node-words.ts'

/** Sound and beats. */
export const soundWords: Record<string, NodeWords> = {
  'audio.load': {
    title: '加载音频',
    description: '打开 WAV、MP3、FLAC、OGG 或 M4A 歌曲的一段或全部；歌曲较短时以其长度为准，至少 3 秒。',
    ports: { audio: '音频' },
    params: {
      file: { title: '歌曲', help: '要使用的歌曲' },
      startSeconds: { title: '起点', help: '从歌曲的哪里开始' },
      durationSeconds: { title: '时长', help: '取用歌曲的多长一段；0 表示直到结尾' },
    },
  },
  'audio.split': {
    title: '切分音频',
    description: '把声音切成两段，供前后两个镜头使用。连接节拍后，切点落在离期望位置最近的小节线上。',
    ports: { audio: '音频', beats: '节拍', first: '前段', second: '后段' },
    portHelp: {
      beats: '同一段声音的节拍：由其小节线决定切点。不连接时切点就在期望的位置。',
      first: '从开头到切点。',
      second: '从切点到结尾。',
    },
    params: {
      at: { title: '切点', help: '在哪里切：0.5 为正中' },
      frameRate: { title: '帧率', help: '视频的帧率：切点落在两帧之间，两个镜头都是整数帧' },
    },
  },
  'audio.fit': {
    title: '调整音频长度',
    description: '使声音与画面、视频、镜头计划或设定的秒数一样长：过长则截断，过短则补静音。',
    ports: { audio: '音频', frames: '画面', video: '视频', shots: '镜头' },
    portHelp: {
      frames: '声音变得与这些画面一样长。',
      video: '声音变得与这段视频一样长。',
      shots: '声音变得与这份计划一样长。',
    },
    params: {
      seconds: { title: '长度', help: '没有连接画面、视频或计划时，声音变为多长' },
      fadeOutSeconds: { title: '淡出', help: '声音在结尾用多长时间渐渐消失；0 表示直接结束' },
    },
  },
  'beats.detect': {
    title: '节拍检测',
    description: '找出声音的节拍、小节与速度，以及低、中、高频随时间的响度。',
    ports: { audio: '音频', beats: '节拍' },
    params: {
      tempoHint: { title: '速度提示', help: '预期的速度（每分钟拍数）；0 表示不指定。可消除半速与倍速的歧义。' },
      minTempo: { title: '最慢', help: '考虑的最慢速度，每分钟拍数' },
      maxTempo: { title: '最快', help: '考虑的最快速度，每分钟拍数' },
      meter: { title: '每小节拍数', help: '由音乐判断，或直接指定', choices: { auto: '自动' } },
    },
  },
  'beats.edit': {
    title: '编辑节拍',
    description: '在找到的节拍上执行你的修改：添加、删除、移动或敲出节拍与小节线，半速与倍速。重新分析后修改仍然保留。',
    ports: { beats: '节拍', audio: '音频' },
    portHelp: { audio: '找出这些节拍的那段声音，用于显示波形和试听。' },
    params: { edits: { title: '修改', help: '按顺序执行的修改；每项以秒数指明所指的节拍。' } },
  },
  'beats.report': {
    title: '节拍报告',
    description: '用文字说明找到的节拍。',
    ports: { beats: '节拍', text: '文本', tempo: '速度', json: '节拍时刻' },
    portHelp: { tempo: '每分钟拍数；音乐没有节拍时为空。', json: '以 JSON 给出速度、拍号、置信度、节拍与小节。' },
    params: {
      parts: {
        title: '文本内容',
        help: '文字中包含哪些内容；JSON 总是完整的。',
        choices: { tempo: '速度', meter: '拍号', counts: '数量', confidence: '置信度', others: '其他可能' },
      },
    },
  },
}
