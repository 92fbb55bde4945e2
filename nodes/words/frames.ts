import type { NodeWords } from './node-words.ts'

/** Frames and videos. */
export const framesWords: Record<string, NodeWords> = {
  'frames.pulse': {
    title: '图片脉动',
    description: '不用模型：让图片随曲线放大和变亮。',
    ports: { image: '图片', zoom: '缩放', brightness: '亮度', audio: '音频', frames: '画面' },
    portHelp: {
      zoom: '0 显示整张图片，1 放大到最大。',
      brightness: '0 为原样，1 为最亮。',
      audio: '画面采用其长度的声音。',
    },
    params: {
      zoomAmount: { title: '缩放幅度', help: '曲线为 1 时放大多少' },
      brightnessAmount: { title: '亮度幅度', help: '曲线为 1 时变亮多少' },
      seconds: { title: '长度', help: '秒；0 表示与声音相同' },
      frameRate: { title: '帧率', help: '每秒帧数' },
      resolution: { title: '分辨率', help: '视频的大小' },
      aspect: { title: '画面比例', help: '自动取最接近图片的比例', choices: { auto: '自动' } },
    },
  },
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
