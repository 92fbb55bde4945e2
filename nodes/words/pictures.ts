import type { NodeWords } from './node-words.ts'

/** Pictures and masks. */
export const picturesWords: Record<string, NodeWords> = {
  'image.load': {
    title: '加载图片',
    description: '打开 JPG、PNG 或 WebP 图片，按拍摄方向转正，透明处铺白。',
    ports: { image: '图片' },
    params: {
      file: { title: '图片', help: '要使用的图片' },
      longestSide: { title: '最长边', help: '更大的图片会按最长边缩小到这个像素数' },
    },
  },
  'image.load-several': {
    title: '加载多张图片',
    description:
      '按所给顺序打开多张 JPG、PNG 或 WebP 图片，按拍摄方向转正，透明处铺白。后面的节点逐张运行，或一次取用全部图片。',
    ports: { images: '图片' },
    portHelp: { images: '按文件的顺序。' },
    params: {
      files: { title: '图片', help: '要使用的图片，按顺序排列' },
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
  'mask.subject': {
    title: '主体遮罩',
    description: '找出图片中位于前面的主体：以人物为主，也能找到许多动物和物体。连接 VAE 后，找不到时由模型自己猜测。',
    ports: { image: '图片', vae: 'VAE', mask: '遮罩', found: '是否找到', certainty: '把握' },
    portHelp: {
      vae: '查找器看不到主体时，由它的图片编码器来找。',
      mask: '主体处为白，大小与图片相同。',
      found: '查找器是否看到了主体；否则为 VAE 的猜测。',
      certainty: '对遮罩内的部分有多大把握：0.5 为猜测，1 为确定。',
    },
    params: {
      leastShare: { title: '最小占比', help: '主体至少占图片的这个比例；更小的不采用' },
      leastCertainty: { title: '最低把握', help: '查找器至少要有这么大的把握，否则算没有找到' },
    },
  },
  'mask.paint': {
    title: '绘制遮罩',
    description: '在图片上手绘的遮罩：从空白开始，或在已找到的遮罩上修改。',
    ports: { image: '图片', mask: '遮罩' },
    portHelp: { mask: '输入：第一笔之前已有的内容，例如找到的主体，不连接则为空。输出：画过处为白，大小与图片相同。' },
    params: { strokes: { title: '笔画', help: '依次画上和擦去的内容；位置和大小为占图片的比例' } },
  },
}
