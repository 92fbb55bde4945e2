import type { NodeWords } from './node-words.ts'

/** Of every node that samples. */
const SAMPLER_PARAMS: NodeWords['params'] = {
  seed: { title: '种子', help: '从哪份噪声开始：0 到 18446744073709551615 的整数' },
  steps: { title: '步数', help: '分几步去除噪声；越多越慢' },
  sampler: {
    title: '采样方法',
    help: '一步怎样接着上一步。流模型（如内置模型）用前四种；Stable Diffusion 用 UniPC、DPM++ 及其余各种。',
    choices: {
      auto: '由模型决定',
      'flow-match-euler': '流匹配欧拉',
      unipc: 'UniPC',
      'dpmpp-2m': 'DPM++ 2M',
      'dpmpp-2m-sde': 'DPM++ 2M SDE',
      euler: '欧拉',
      'euler-ancestral': '欧拉（祖先采样）',
      ddim: 'DDIM',
      lcm: 'LCM',
      pndm: 'PNDM',
    },
  },
  guidance: { title: '引导强度', help: '向提示词推近多少；1 为不引导，0 用模型自带的值' },
  strength: { title: '重绘强度', help: '潜空间重做多少：1 为全部，0.5 保留已编码图片的一半' },
  shift: { title: '偏移', help: '在高噪声处花费多少；0 用模型自带的值' },
}

/** Models, prompts, sampling. */
export const modelsWords: Record<string, NodeWords> = {
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
      mask: '主体',
      previous: '前一镜头',
      latent: '潜空间',
    },
    portHelp: {
      mask: '自己会动的部分：图片的遮罩，主体处为白。不连接则由模型猜测。',
      previous: '同一张图片的已完成潜空间：这个镜头从它的最后一帧继续。',
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
    portHelp: { high: '负责噪声大的前几步的专家。', low: '负责最后几步的专家；只有一个专家的模型中与前者相同。' },
    params: {
      model: { title: '模型', help: '已安装模型的名称' },
      provider: {
        title: '运行设备',
        help: '自动：测一次，用本机最快的；不会自动选用 TensorRT',
        choices: { auto: '自动' },
      },
    },
  },
  'model.lora': {
    title: 'LoRA',
    description:
      '给模型加上一个 LoRA：对权重的小改动，用于风格、人物、动作或更少的步数。多个节点相连即叠加多个。双专家模型的高噪声与低噪声分开训练：各自的文件放在各自的线路上，接在专家切换之前。',
    ports: { model: '模型' },
    params: {
      file: { title: '文件', help: 'LoRA 文件（.safetensors）' },
      strength: { title: '强度', help: '改动的多少：1 为训练时的样子，0 为没有，负数为相反' },
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
    params: SAMPLER_PARAMS,
  },
  'model.context-windows': {
    title: '上下文窗口',
    description:
      '让视频模型生成比训练时更长的视频：逐段给它看，重叠处取平均。段数越多越慢。接在专家切换之前只对该线路的专家有效，之后则对两者有效。',
    ports: { model: '模型' },
    params: {
      length: { title: '长度', help: '每段的帧数；Wan 训练时为 81。' },
      overlap: { title: '重叠', help: '相邻两段共有的帧数；越多过渡越平滑，也越慢。' },
    },
  },
  'sampler.variations': {
    title: '采样多个变化',
    description: '用同样的文字，从相继的种子生成多个潜空间。有两个专家时，全部先经过第一个，再载入第二个。',
    ports: { model: '模型', conditioning: '条件', latent: '潜空间', latents: '潜空间列表' },
    params: {
      count: { title: '变化数量', help: '生成多少个；第一个与相同种子的采样器一致。' },
      ...SAMPLER_PARAMS,
    },
  },
  'text.prompt': {
    title: '提示词',
    description: '用文字告诉模型画面怎样运动和发光。',
    ports: { textEncoder: '文本编码器', conditioning: '条件' },
    params: {
      text: { title: '提示词', help: '想要发生什么，例如“镜头缓慢右移，柔和辉光”。留空则由模型决定。' },
      negative: { title: '反向提示词', help: '不想要什么，例如“镜头抖动”“推近”“闪烁”“人物晃动”。' },
      weight: { title: '提示词权重', help: '运动与光线的多少：1 为原样，0.5 为一半' },
    },
  },
  'text.prompt-schedule': {
    title: '提示词时间表',
    description: '随时间变化的提示词：每行以时间开头，用秒或小节表示。镜头从当时的位置继续。',
    ports: { textEncoder: '文本编码器', beats: '节拍', conditioning: '条件' },
    portHelp: { beats: '说明小节从何时开始；仅在某行写了小节时需要。' },
    params: {
      lines: { title: '各行', help: '每次变化一行，例如“0:04 镜头左移”或“第3小节 灯光闪烁”。# 开头为注释。' },
      negative: { title: '反向提示词', help: '任何时候都不想要什么，例如“镜头抖动”或“闪烁”。' },
      weight: { title: '提示词权重', help: '运动与光线的多少：1 为原样，0.5 为一半' },
    },
  },
  'text.list': {
    title: '提示词列表',
    description: '一组提示词，取用其中一条：第一条，或按编号取任意一条。',
    ports: { text: '文本', all: '全部' },
    portHelp: { text: '取出的那条提示词。', all: '列表中的全部提示词。' },
    params: {
      prompts: { title: '提示词', help: '每行一条' },
      take: { title: '取第几条', help: '要取用的提示词的编号；超过最后一条时从头再数，因此也可由种子来选' },
    },
  },
  'vae.encode': {
    title: 'VAE 编码',
    description:
      '把图片（视频模型也可用一段画面）变成潜空间，供采样器部分重绘。边长裁为 8 像素的倍数，视频模型为 16 或 32 像素。',
    ports: { vae: 'VAE', image: '图片', frames: '画面', latent: '潜空间' },
    portHelp: { frames: '代替图片，用于视频模型。' },
  },
  'latent.empty': {
    title: '空潜空间',
    description: '该尺寸图片的潜空间，由采样器从噪声填满。',
    ports: { model: '模型', latent: '潜空间' },
    params: {
      width: { title: '宽度', help: '图片宽度，像素' },
      height: { title: '高度', help: '图片高度，像素' },
    },
  },
  'latent.empty-video': {
    title: '空视频潜空间',
    description: '该尺寸与长度的视频潜空间，由采样器按文字从噪声填满。',
    ports: { model: '模型', latent: '潜空间' },
    params: {
      width: { title: '宽度', help: '视频宽度，像素' },
      height: { title: '高度', help: '视频高度，像素' },
      seconds: { title: '时长', help: '视频的长度，取模型能生成的最近值。0 为一张图片。' },
    },
  },
  'latent.picture-video': {
    title: '图生视频潜空间',
    description: '准备一段以图片开头的视频，也可以另一张图片结尾，画面比例与第一张相同。',
    ports: { image: '图片', last: '末尾图片', conditioning: '条件', vae: 'VAE', latent: '潜空间' },
    portHelp: { image: '第一帧。', last: '最后一帧。' },
    params: {
      resolution: { title: '分辨率', help: '每帧的像素数：约 832×480 或 1280×720，比例随图片。' },
      seconds: { title: '时长', help: '视频的长度，取模型能生成的最近值。0 为一张图片。' },
    },
  },
  'latent.sound-video': {
    title: '声音生视频潜空间',
    description: '准备一段视频：图片随声音说话、唱歌或运动，长度与声音相同。逐段生成，每段接着前一段。',
    ports: {
      image: '图片',
      audio: '音频',
      conditioning: '条件',
      vae: 'VAE',
      audioEncoder: '音频编码器',
      pose: '姿态',
      latent: '潜空间',
    },
    portHelp: { pose: '要跟随的姿态视频，从头开始；结束后姿态自由。' },
    params: {
      resolution: { title: '分辨率', help: '每帧的像素数：最多 832×480 或 1280×720，比例随图片。' },
      motion: {
        title: '动感强度',
        help: '声音带动画面的强弱；中为模型训练时的强度。',
        choices: { off: '关', low: '弱', medium: '中', high: '强' },
      },
      startsFromPicture: { title: '以图片开头', help: '视频从这张图片开始。关闭时只表现图片的内容。' },
      clipFrames: { title: '每段帧数', help: '一次生成的帧数；48 占用内存更少。' },
    },
  },
  'vae.decode': {
    title: 'VAE 解码',
    description: '把潜空间变成画面，逐帧进行。',
    ports: { vae: 'VAE', latent: '潜空间', frames: '画面' },
    params: {
      tile: {
        title: '分块',
        help: '用于大型视频模型：按这样大小的方块解码，占用内存更少。自动：只在内存不足时分块。',
        choices: { auto: '自动', none: '不分块' },
      },
    },
  },
}
