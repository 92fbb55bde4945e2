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
}
