/** Chinese words for node types, by type name. Files hold none of them. */
export interface NodeWords {
  title: string
  description: string
  /** For searching by sound. */
  pinyin: string
  ports?: Record<string, string>
  params?: Record<string, { title: string; help?: string; choices?: Record<string, string> }>
}

export const zhNodes: Record<string, NodeWords> = {
  'image.load': {
    title: '加载图片',
    description: '打开 JPG、PNG 或 WebP 图片，按拍摄方向转正，透明处铺白。',
    pinyin: 'jiazaitupian',
    ports: { image: '图片' },
    params: {
      file: { title: '图片', help: '要使用的图片' },
      longestSide: { title: '最长边', help: '更大的图片会按最长边缩小到这个像素数' },
    },
  },
  'image.preview': {
    title: '预览图片',
    description: '在画布上显示一张图片。',
    pinyin: 'yulantupian',
    ports: { image: '图片' },
  },
  'image.resize': {
    title: '调整图片大小',
    description: '把图片变成指定的宽和高。',
    pinyin: 'tiaozhengtupiandaxiao',
    ports: { image: '图片' },
    params: {
      width: { title: '宽', help: '像素' },
      height: { title: '高', help: '像素' },
      fit: {
        title: '适配',
        help: '图片与目标形状不同时的处理方式',
        choices: { cover: '裁切铺满', within: '完整放入', stretch: '拉伸' },
      },
    },
  },
  'image.save-png': {
    title: '保存 PNG',
    description: '把图片存成带有工作流的 PNG。',
    pinyin: 'baocunpng',
    ports: { image: '图片' },
    params: { name: { title: '名称', help: '文件名，不含后缀' } },
  },
  'audio.load': {
    title: '加载音频',
    description: '打开 WAV、MP3、FLAC、OGG 或 M4A 歌曲的一段；歌曲较短时以其长度为准，至少 3 秒。',
    pinyin: 'jiazaiyinpin',
    ports: { audio: '音频' },
    params: {
      file: { title: '歌曲', help: '要使用的歌曲' },
      startSeconds: { title: '起点', help: '从歌曲的哪里开始' },
      durationSeconds: { title: '时长', help: '取用歌曲的多长一段' },
    },
  },
  'beats.detect': {
    title: '节拍检测',
    description: '找出声音的节拍、小节与速度，以及低、中、高频随时间的响度。',
    pinyin: 'jiepaijiance',
    ports: { audio: '音频', beats: '节拍' },
    params: {
      tempoHint: { title: '速度提示', help: '预期的速度（每分钟拍数）；0 表示不指定。可消除半速与倍速的歧义。' },
      minTempo: { title: '最慢', help: '考虑的最慢速度，每分钟拍数' },
      maxTempo: { title: '最快', help: '考虑的最快速度，每分钟拍数' },
      meter: { title: '每小节拍数', help: '由音乐判断，或直接指定', choices: { auto: '自动' } },
    },
  },
  'beats.report': {
    title: '节拍报告',
    description: '用文字说明找到的节拍。',
    pinyin: 'jiepaibaogao',
    ports: { beats: '节拍', text: '文本', tempo: '速度', json: '节拍时刻' },
  },
  'curve.from-beats': {
    title: '由节拍生成曲线',
    description: '从音乐的一个方面生成 0 到 1 的曲线：每拍或每小节的脉冲、起音或响度。',
    pinyin: 'youjiepaishengchengquxian',
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
  'curve.math': {
    title: '修整曲线',
    description: '平滑、缩放并限制一条曲线。',
    pinyin: 'xiuzhengquxian',
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
    pinyin: 'hebingquxian',
    ports: { a: 'A', b: 'B', curve: '曲线' },
    params: {
      operation: {
        title: '运算',
        help: '如何合成',
        choices: { add: '相加', subtract: '相减', multiply: '相乘', maximum: '取大', minimum: '取小' },
      },
    },
  },
  'frames.pulse': {
    title: '图片脉动',
    description: '不用模型：让图片随曲线放大和变亮。',
    pinyin: 'tupianmaidong',
    ports: { image: '图片', zoom: '缩放', brightness: '亮度', audio: '音频', frames: '画面' },
    params: {
      zoomAmount: { title: '缩放幅度', help: '曲线为 1 时放大多少' },
      brightnessAmount: { title: '亮度幅度', help: '曲线为 1 时变亮多少' },
      seconds: { title: '长度', help: '秒；0 表示与声音相同' },
      frameRate: { title: '帧率', help: '每秒帧数' },
      resolution: { title: '分辨率', help: '视频的大小' },
      aspect: { title: '画面比例', help: '自动取最接近图片的比例', choices: { auto: '自动' } },
    },
  },
  'latent.song-video': {
    title: '歌曲视频潜空间',
    description: '准备一段随声音运动的画面：大小、长度，以及告诉模型的图片与声音。长度与声音相同，最多 15 秒。',
    pinyin: 'gequshipinqiankongjian',
    ports: {
      image: '图片',
      audio: '音频',
      beats: '节拍',
      conditioning: '条件',
      vae: 'VAE',
      audioEncoder: '音频编码器',
      latent: '潜空间',
    },
    params: {
      resolution: { title: '分辨率', help: '720p：1280×720、720×1280 或 960×960。480p：832×480、480×832 或 624×624。' },
      aspect: { title: '画面比例', help: '自动取最接近图片的比例，多余部分均匀裁去。', choices: { auto: '自动' } },
      motion: { title: '动感强度', help: '画面与光线运动的强弱', choices: { low: '弱', medium: '中', high: '强' } },
      enableMotion: { title: '随声音运动', help: '由声音驱动画面；关闭后只听从提示词' },
      frameRate: { title: '帧率', help: '视频每秒的帧数' },
    },
  },
  'model.load': {
    title: '加载模型',
    description: '打开已安装的模型并交出各个部分；用到之前不会读入内存。',
    pinyin: 'jiazaimoxing',
    ports: { high: '高噪声', low: '低噪声', vae: 'VAE', textEncoder: '文本编码器', audioEncoder: '音频编码器' },
    params: {
      model: { title: '模型', help: '已安装模型的名称' },
      provider: { title: '运行设备', help: '自动：测一次，用本机最快的', choices: { auto: '自动' } },
    },
  },
  'model.moe-switch': {
    title: 'MoE 专家切换',
    description: '把两个专家合为一个模型：一个负责噪声大的前几步，决定构图与运动；一个负责其余。',
    pinyin: 'moezhuanjiaqiehuan',
    ports: { high: '高噪声', low: '低噪声', model: '模型' },
    params: {
      by: { title: '切换依据', help: '按噪声水平或按步数切换', choices: { boundary: '噪声界限', step: '步数' } },
      boundary: { title: '界限', help: '高噪声专家工作的噪声水平，0 到 1；-1 用模型自带的值' },
      step: { title: '步数', help: '按步数切换时，高噪声专家做几步' },
      guidanceHigh: { title: '引导强度（高噪声）', help: '1 为不引导；0 用模型自带的值' },
      guidanceLow: { title: '引导强度（低噪声）', help: '1 为不引导；0 用模型自带的值' },
    },
  },
  'sampler.sample': {
    title: '采样器',
    description: '按模型与条件，从噪声一步步生成潜空间视频。相同的种子得到相同的视频。',
    pinyin: 'caiyangqi',
    ports: { model: '模型', conditioning: '条件', latent: '潜空间' },
    params: {
      seed: { title: '种子', help: '从哪份噪声开始：0 到 18446744073709551615 的整数' },
      steps: { title: '步数', help: '分几步去除噪声；越多越慢' },
      sampler: {
        title: '采样方法',
        help: '欧拉法，或带校正的 UniPC',
        choices: { 'flow-match-euler': '流匹配欧拉', unipc: 'UniPC' },
      },
      shift: { title: '偏移', help: '在高噪声处花费多少；0 用模型自带的值' },
    },
  },
  'text.prompt': {
    title: '提示词',
    description: '用文字告诉模型画面怎样运动和发光。',
    pinyin: 'tishici',
    ports: { textEncoder: '文本编码器', conditioning: '条件' },
    params: {
      text: { title: '提示词', help: '想要发生什么，例如“镜头缓慢右移，柔和辉光”。留空则由模型决定。' },
      negative: { title: '反向提示词', help: '要避开什么。仅在引导强度大于 1 时有效。' },
      weight: { title: '提示词权重', help: '1 为原样，越小越弱，越大越强' },
    },
  },
  'vae.decode': {
    title: 'VAE 解码',
    description: '把潜空间变成画面，逐帧进行。',
    pinyin: 'vaejiema',
    ports: { vae: 'VAE', latent: '潜空间', frames: '画面' },
  },
  'value.text': {
    title: '文本',
    description: '一段文字。',
    pinyin: 'wenben',
    ports: { text: '文本' },
    params: { value: { title: '文本', help: '文字内容' } },
  },
  'value.number': {
    title: '数字',
    description: '一个数字。',
    pinyin: 'shuzi',
    ports: { number: '数字' },
    params: { value: { title: '数字', help: '数值' } },
  },
  'value.boolean': {
    title: '是或否',
    description: '一个开关。',
    pinyin: 'shihuofou',
    ports: { boolean: '是否' },
    params: { value: { title: '打开', help: '是或否' } },
  },
  'value.add': { title: '相加', description: '两个数之和。', pinyin: 'xiangjia', ports: { a: 'A', b: 'B', sum: '和' } },
  'value.show': { title: '显示值', description: '在画布上显示一个值。', pinyin: 'xianshizhi', ports: { value: '值' } },
  'video.save-mp4': {
    title: '保存 MP4',
    description: '把画面与声音存成处处能播放的 MP4，并附上工作流。',
    pinyin: 'baocunmp4',
    ports: { frames: '画面', audio: '音频', video: '视频' },
    params: {
      name: { title: '名称', help: '文件名，不含后缀' },
      quality: { title: '码率因子', help: '越小画质越好、文件越大' },
    },
  },
  'video.preview': {
    title: '预览视频',
    description: '在画布上播放一个视频。',
    pinyin: 'yulanshipin',
    ports: { video: '视频' },
  },
}

/** Palette groups, by their English name in lower case. */
export const zhCategories: Record<string, string> = {
  image: '图片',
  audio: '音频',
  sound: '音频',
  curve: '曲线',
  video: '视频',
  frames: '视频',
  latent: '潜空间',
  model: '模型',
  sampler: '采样',
  text: '文本',
  values: '数值',
}

export const zhInputs: Record<string, string> = {
  picture: '图片',
  song: '歌曲',
  prompt: '提示词',
  negativePrompt: '反向提示词',
  duration: '时长',
  start: '起点',
  resolution: '分辨率',
  aspect: '画面比例',
  motion: '动感强度',
  frameRate: '帧率',
  promptWeight: '提示词权重',
  enableMotion: '画面运动',
  seed: '种子',
  strength: '强度',
  meter: '每小节拍数',
  tempoHint: '速度提示',
  amount: '缩放幅度',
  glow: '亮度幅度',
}
/** Titles and descriptions of the gallery, by their English text, so that the files stay language-neutral. */
export const zhGallery: Record<string, string> = {
  'Song video': '歌曲视频',
  'One picture, one song and a line of text become a music video that moves with the beat.':
    '一张图片、一首歌和一句话，变成随节拍运动的音乐视频。',
  'Beat pulse': '节拍脉动',
  'Audio analysis': '音频分析',
  'What Beatloom hears in a song: its tempo, beats and bars, and curves of its onsets, bass, middle, treble and loudness.':
    'Beatloom 从歌曲中听到的：速度、节拍与小节，以及起音、低频、中频、高频和响度的曲线。',
  'A picture that zooms on every beat, glows with the bass and swells on each bar: no model, the same frames every time.':
    '图片随每拍缩放、随低音发亮、随小节起伏：不用模型，每次画面都相同。',
}
