import type { NodeWords } from './node-words.ts'

/** Shots: what repeats, renders and joins them. */
export const shotsWords: Record<string, NodeWords> = {
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
    ports: { shots: '镜头', frames: '画面', state: '上一镜头', clips: '镜头' },
    portHelp: {
      frames: '由“逐个镜头”给出的内容做成的一个镜头的画面。',
      state: '同一场景的下一个镜头所接续的内容，由“逐个镜头”传递。',
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
    ports: { shots: '镜头', audio: '音频', beats: '节拍', images: '图片', masks: '主体', video: '视频' },
    portHelp: { masks: '近景取其中白色的部分。' },
    params: {
      aspect: { title: '画面比例', help: '自动取最接近第一张图片的比例', choices: { auto: '自动' } },
      name: { title: '名称', help: '文件名，不含扩展名' },
    },
  },
  'shots.fade': {
    title: '镜头淡变',
    description: '把一个镜头的尾段与下一个镜头的头段混合，使前者淡入后者。',
    ports: { from: '从', to: '到', video: '视频' },
    params: { quality: { title: '码率系数', help: 'H.264 码率系数：越小越精细，文件越大；18 看不出损失' } },
  },
  'video.assemble': {
    title: '合成',
    description: '把计划中的镜头接成一个与歌曲等长的 MP4，歌曲原样不变。没有一帧会被再次编码。',
    ports: { shots: '计划', clips: '镜头', audio: '音频', video: '视频' },
    portHelp: { clips: '计划中每个镜头一段，按其顺序。', audio: '歌曲；不连接则视频无声。' },
    params: { name: { title: '名称', help: '文件名，不含扩展名' } },
  },
}
