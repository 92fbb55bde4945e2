/** Chinese words for node types, by type name. Files hold none of them. */
export interface NodeWords {
  title: string
  description: string
  ports?: Record<string, string>
  params?: Record<string, { title: string; help?: string; choices?: Record<string, string> }>
}

export const zhNodes: Record<string, NodeWords> = {
  'image.load': {
    title: '加载图片',
    description: '打开 JPG、PNG 或 WebP 图片，按拍摄方向转正，透明处铺白。',
    ports: { image: '图片' },
    params: {
      file: { title: '图片', help: '要使用的图片' },
      longestSide: { title: '最长边', help: '更大的图片会按最长边缩小到这个像素数' },
    },
  },
  'image.preview': {
    title: '预览图片',
    description: '在画布上显示一张图片。',
    ports: { image: '图片' },
  },
  'image.resize': {
    title: '调整图片大小',
    description: '把图片变成指定的宽和高。',
    ports: { image: '图片' },
    params: {
      width: { title: '宽', help: '像素' },
      height: { title: '高', help: '像素' },
      fit: {
        title: '适配',
        help: '图片与目标形状不同时的处理方式',
        choices: { cover: '裁切铺满', within: '完整放入', stretch: '拉伸', pad: '留边' },
      },
      bars: { title: '边条', help: '留边时边条的颜色' },
    },
  },
  'image.colour': {
    title: '纯色图片',
    description: '单一颜色的图片，可作背景，也可随节拍脉动。',
    ports: { image: '图片' },
    params: {
      colour: { title: '颜色', help: '颜色，写作 # 加六位十六进制数' },
      width: { title: '宽', help: '像素' },
      height: { title: '高', help: '像素' },
    },
  },
  'image.save-png': {
    title: '保存 PNG',
    description: '把图片存成带有工作流的 PNG。',
    ports: { image: '图片' },
    params: { name: { title: '名称', help: '文件名，不含后缀' } },
  },
  'audio.load': {
    title: '加载音频',
    description: '打开 WAV、MP3、FLAC、OGG 或 M4A 歌曲的一段；歌曲较短时以其长度为准，至少 3 秒。',
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
    ports: { beats: '节拍', text: '文本', tempo: '速度', json: '节拍时刻' },
    params: {
      parts: {
        title: '文本内容',
        help: '文字中包含哪些内容；JSON 总是完整的。',
        choices: { tempo: '速度', meter: '拍号', counts: '数量', confidence: '置信度', others: '其他可能' },
      },
    },
  },
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
  'frames.pulse': {
    title: '图片脉动',
    description: '不用模型：让图片随曲线放大和变亮。',
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
    ports: { high: '高噪声', low: '低噪声', vae: 'VAE', textEncoder: '文本编码器', audioEncoder: '音频编码器' },
    params: {
      model: { title: '模型', help: '已安装模型的名称' },
      provider: { title: '运行设备', help: '自动：测一次，用本机最快的', choices: { auto: '自动' } },
    },
  },
  'model.moe-switch': {
    title: 'MoE 专家切换',
    description: '把两个专家合为一个模型：一个负责噪声大的前几步，决定构图与运动；一个负责其余。',
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
    ports: { textEncoder: '文本编码器', conditioning: '条件' },
    params: {
      text: { title: '提示词', help: '想要发生什么，例如“镜头缓慢右移，柔和辉光”。留空则由模型决定。' },
      negative: { title: '反向提示词', help: '要避开什么。仅在引导强度大于 1 时有效。' },
      weight: { title: '提示词权重', help: '1 为原样，越小越弱，越大越强' },
    },
  },
  'text.list': {
    title: '提示词列表',
    description: '一组提示词，取用其中一条：第一条，或按编号取任意一条。',
    ports: { text: '文本', all: '全部' },
    params: {
      prompts: { title: '提示词', help: '每行一条' },
      take: { title: '取第几条', help: '要取用的提示词的编号；超过最后一条时从头再数，因此也可由种子来选' },
    },
  },
  'vae.decode': {
    title: 'VAE 解码',
    description: '把潜空间变成画面，逐帧进行。',
    ports: { vae: 'VAE', latent: '潜空间', frames: '画面' },
  },
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
  'frames.still': {
    title: '静止画面',
    description: '把一张图片按帧显示若干秒；奇数边会少去最后一行或一列像素。',
    ports: { image: '图片', frames: '画面' },
    params: {
      seconds: { title: '长度', help: '图片显示多久' },
      frameRate: { title: '帧率', help: '每秒帧数' },
    },
  },
  'frames.pick': {
    title: '取一帧',
    description: '从一段画面中取出一帧作为图片。',
    ports: { frames: '画面', image: '图片' },
    params: { frame: { title: '帧', help: '第几帧：0 为第一帧，1 为下一帧；-1 为最后一帧，-2 为倒数第二帧' } },
  },
  'frames.retime': {
    title: '改变帧率',
    description: '在速度和长度不变的情况下改变帧率：重复、略去或混合各帧。',
    ports: { frames: '画面' },
    params: {
      frameRate: { title: '帧率', help: '每秒帧数' },
      method: {
        title: '方法',
        help: '最近：取时间上最接近的一帧；混合：把前后两帧按距离混合',
        choices: { nearest: '最近', blend: '混合' },
      },
    },
  },
  'frames.join': {
    title: '拼接画面',
    description: '把两段画面前后相接。两段的帧率须相同；第二段采用第一段的大小。',
    ports: { first: '第一段', second: '第二段', frames: '画面' },
  },
  'mask.to-image': {
    title: '遮罩转图片',
    description: '把遮罩显示为灰度图片：白为内，黑为外。',
    ports: { mask: '遮罩', image: '图片' },
  },
  'mask.from-image': {
    title: '图片转遮罩',
    description: '按图片的亮度或其中一种颜色生成遮罩：亮为内，暗为外。',
    ports: { image: '图片', mask: '遮罩' },
    params: {
      channel: {
        title: '通道',
        help: '每个像素测量什么；没有透明度的图片按透明度处处为内',
        choices: { brightness: '亮度', red: '红', green: '绿', blue: '蓝', alpha: '透明度' },
      },
      invert: { title: '反转', help: '改为暗处为内' },
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
  'video.frames': {
    title: '视频转画面',
    description: '逐帧读出视频文件的画面，大小和帧率不变。',
    ports: { video: '视频', frames: '画面' },
  },
  'video.audio': {
    title: '视频转音频',
    description: '取出视频文件的声音，与画面等长；声音先结束时后面为静音。',
    ports: { video: '视频', audio: '音频' },
  },
  'video.load': {
    title: '加载视频',
    description: '打开 MP4 或 MOV 视频文件。',
    ports: { video: '视频' },
    params: { file: { title: '视频', help: '要使用的视频' } },
  },
  'graph.reroute': {
    title: '转接点',
    description: '连线上的一个折点：把接入的内容原样传给任意多个输入。',
    ports: { in: '输入', out: '输出' },
  },
  'value.show': { title: '显示值', description: '在画布上显示文本或数值；其他内容显示其尺寸、速率和长度。', ports: { value: '值' } },
  'video.save-mp4': {
    title: '保存 MP4',
    description: '把画面与声音存成处处能播放的 MP4，并附上工作流。',
    ports: { frames: '画面', audio: '音频', video: '视频' },
    params: {
      name: { title: '名称', help: '文件名，不含后缀' },
      quality: { title: '码率因子', help: '越小画质越好、文件越大' },
    },
  },
  'video.preview': {
    title: '预览视频',
    description: '在画布上播放一个视频。',
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
  graph: '节点图',
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
