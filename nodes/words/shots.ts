import type { NodeWords } from './node-words.ts'

/** Shots: what repeats, renders and joins them. */
export const shotsWords: Record<string, NodeWords> = {
  'shots.plan': {
    title: '规划镜头',
    description:
      '像剪辑师那样把一首歌切成镜头：切在小节线上，每个新段落必切，越响切得越快。每个镜头都有自己的提示词、图片、景别、运镜和种子，都可以手动修改。',
    ports: { beats: '节拍', audio: '音频', images: '图片', shots: '镜头' },
    portHelp: { audio: '节拍所出自的那段声音。', images: '这里只看张数：各镜头依次轮流使用。' },
    params: {
      prompts: {
        title: '提示词',
        help: '每行一条，各镜头依次取用。“A: …”或“[副歌] …”只用于该段落：写段落的字母，或前奏、主歌、副歌、尾奏。',
      },
      pace: {
        title: '节奏',
        help: '多久切一次：每几小节、每两小节，或在响亮处几乎每小节',
        choices: { calm: '舒缓', medium: '适中', fast: '快速' },
      },
      camera: {
        title: '运镜',
        help: '提示词没有提到镜头时从中选择的运镜；一个都不选则完全按提示词',
        choices: {
          'zoom in': '推近',
          'zoom out': '拉远',
          'pan left': '左摇',
          'pan right': '右摇',
          'tilt up': '上摇',
          'tilt down': '下摇',
          'orbit left': '向左环绕',
          'orbit right': '向右环绕',
          'roll left': '逆时针旋转',
          'roll right': '顺时针旋转',
        },
      },
      framing: {
        title: '景别',
        help: '变化：相邻镜头显示图片的多少不同，使每个切点都看得出来；全景：总是显示整张图片',
        choices: { varied: '变化', wide: '全景' },
      },
      pictures: {
        title: '换图片',
        help: '每个镜头换一张图片，还是每个段落换一张',
        choices: { 'by-shot': '每个镜头', 'by-section': '每个段落' },
      },
      transition: {
        title: '新段落',
        help: '新段落如何开始；其他镜头都是硬切',
        choices: { cut: '硬切', fade: '淡入' },
      },
      fadeSeconds: { title: '淡入时长', help: '新段落的淡入持续多久' },
      shortest: { title: '最短镜头', help: '计划中没有比它更短的镜头' },
      longest: { title: '最长镜头', help: '计划中没有比它更长的镜头；至少为最短镜头的两倍' },
      partSeconds: { title: '最长片段', help: '模型一次能做多长。更长的镜头分成前后相接的片段，中间没有切点。' },
      frameRate: { title: '帧率', help: '每秒帧数' },
      seed: { title: '种子', help: '在同样合适的切点、运镜和景别中作选择，并给每个镜头一个自己的种子' },
      edits: { title: '手动修改', help: '手动改过的内容，按其在声音中的时刻记录' },
    },
  },
  'shots.each': {
    title: '逐个镜头',
    description:
      '“渲染镜头”所重复的内容从这里开始：依次把每个镜头的图片、声音、节拍和文字交给后面的节点。单独运行时给出所设编号的镜头。',
    ports: {
      shots: '镜头',
      audio: '音频',
      beats: '节拍',
      images: '图片',
      masks: '主体',
      image: '图片',
      mask: '主体',
      prompt: '提示词',
      seed: '种子',
      previous: '上一镜头',
    },
    portHelp: {
      images: '一张或多张；每个镜头用哪一张由镜头计划决定。',
      masks: '各图片的遮罩，顺序与图片相同：近景取遮罩中白色的部分。',
      image: '镜头所显示的那部分图片。',
      mask: '图片的主体；没有连接遮罩时为空。',
      previous: '当本镜头接着上一镜头时，上一镜头的结尾；否则为空。',
    },
    params: { shot: { title: '镜头', help: '单独试做的镜头；“渲染镜头”会做全部镜头' } },
  },
  'shots.render': {
    title: '渲染镜头',
    description:
      '制作计划中的每个镜头：对每个镜头重复一次从“逐个镜头”到本节点之间的节点。做好的镜头会保留，只有改变了的才重做。',
    ports: { shots: '镜头', frames: '画面', state: '上一镜头', drafts: '分镜片段', audio: '音频', clips: '镜头' },
    portHelp: {
      frames: '由“逐个镜头”给出的内容做成的一个镜头的画面。',
      state: '同一场景的下一个镜头所接续的内容，由“逐个镜头”传递。',
      drafts: '“动态分镜”的片段：中途停止时，用它们补上还没做好的镜头。',
      audio: '中途停止时放在画面下的歌曲。',
      clips: '依次相接的无声视频：每个镜头，以及其前淡入所经过的帧。',
    },
    params: {
      quality: { title: '码率系数', help: 'H.264 码率系数：越小越精细，文件越大；18 看不出损失' },
      only: { title: '只做这些镜头', help: '例如 3 或 2, 5-7；留空则做全部' },
    },
  },
  'shots.encode': {
    title: '编码镜头',
    description: '把一个镜头的画面编码为无声视频，使其可以原样与其他镜头相接。“渲染镜头”会对每个镜头这样做。',
    ports: { frames: '画面', video: '视频', head: '头段', tail: '尾段', thumb: '小图' },
    portHelp: {
      head: '淡入所经过的帧；硬切时为空。',
      tail: '下一镜头淡入所经过的帧；硬切时为空。',
      thumb: '取自镜头中间。',
    },
    params: {
      frameCount: { title: '帧数', help: '镜头须有的帧数；0 表示有多少取多少' },
      frameRate: { title: '帧率', help: '须有的每秒帧数；0 表示不限' },
      head: { title: '头段', help: '开头另存一个文件的帧数，用来与上一镜头混合' },
      tail: { title: '尾段', help: '结尾另存一个文件的帧数，用来与下一镜头混合' },
      quality: { title: '码率系数', help: 'H.264 码率系数：越小越精细，文件越大；18 看不出损失' },
    },
  },
  'shots.animatic': {
    title: '动态分镜',
    description: '不用模型，把整个镜头计划快速做成带歌曲的小视频：每个镜头都在其时刻，略有运动。用来在渲染之前看剪辑。',
    ports: {
      shots: '镜头',
      audio: '音频',
      beats: '节拍',
      images: '图片',
      masks: '主体',
      video: '视频',
      clips: '镜头',
    },
    portHelp: { masks: '近景取其中白色的部分。', clips: '同样的内容，无声，每个镜头一段。' },
    params: {
      aspect: { title: '画面比例', help: '自动取最接近第一张图片的比例', choices: { auto: '自动' } },
      name: { title: '名称', help: '文件名，不含扩展名' },
    },
  },
  'shots.shrink': {
    title: '缩小镜头',
    description: '快速为做好的镜头制作一个小副本，用来代替动态分镜中的相应镜头。',
    ports: { video: '视频' },
    params: {
      width: { title: '宽度', help: '副本的宽度，像素' },
      height: { title: '高度', help: '副本的高度，像素' },
    },
  },
  'shots.fade': {
    title: '镜头淡变',
    description: '把一个镜头的尾段与下一个镜头的头段混合，使前者淡入后者。',
    ports: { from: '从', to: '到', video: '视频' },
    params: { quality: { title: '码率系数', help: 'H.264 码率系数：越小越精细，文件越大；18 看不出损失' } },
  },
  'video.certify': {
    title: '同步证书',
    description: '解码做好的视频，测量画面与声音是否一致：帧数、起点、切点与节拍、静音、削波。结果会显示，并写入文件。',
    ports: { video: '视频', shots: '计划', audio: '音频' },
    portHelp: { shots: '应该在哪里切。', audio: '视频声音所用的歌曲。', video: '同一视频，内含证书。' },
    params: { name: { title: '名称', help: '文件名，不含扩展名；留空则不变' } },
  },
  'video.assemble': {
    title: '合成',
    description: '把计划中的镜头接成一个与歌曲等长的 MP4，歌曲原样不变。没有一帧会被再次编码。',
    ports: { shots: '计划', clips: '镜头', audio: '音频', video: '视频' },
    portHelp: { clips: '计划中每个镜头一段，按其顺序。', audio: '歌曲；不连接则视频无声。' },
    params: { name: { title: '名称', help: '文件名，不含扩展名' } },
  },
}
