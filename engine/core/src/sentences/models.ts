import type { Sentences } from './sentences.ts'

/** Models, their files, and the devices they run on. */
export const modelsSentences: Sentences = {
  // Model files.
  'Models of the kind "{family}" cannot be run by this version; it runs: {families}.':
    '此版本无法运行“{family}”类模型；可运行：{families}。',
  'The model file {path} is not a JSON object.': '模型文件 {path} 不是 JSON 对象。',
  'The model "{model}" has no {component}: {path} is not there.': '模型“{model}”没有 {component}：缺少 {path}。',
  'The model "{model}" has no {component}.': '模型“{model}”没有 {component}。',
  'The file {path} of the model "{model}" is not the one its manifest.json lists; it may be damaged or only half copied.':
    '模型“{model}”的文件 {path} 与其 manifest.json 所列不符，可能已损坏或没有复制完整。',
  'The model "{model}" is left out: {reason}': '未载入模型“{model}”：{reason}',
  'The model "{model}" is not installed; installed are: {models}.': '模型“{model}”未安装；已安装：{models}。',
  none: '无',
  'There is no model in {folder}.': '{folder} 中没有模型。',
  'The tokenizer {path} is not there.': '缺少分词器 {path}。',
  'The tokenizer {path} cannot be used: {reason}': '分词器 {path} 无法使用：{reason}',
  'The prompt has {#count} words and signs; the model reads the first {#limit}.':
    '提示词共有 {#count} 个词和符号，模型只读取前 {#limit} 个。',

  'The model cannot keep away from "{words}"; it can from moves of the camera, light, colours, moves of the subject and of what is around it.':
    '模型无法避开“{words}”；它能避开镜头运动、光线、颜色、主体的运动和周围的运动。',
  'Words cannot change over time with models of the kind "{family}".': '“{family}”类模型的提示词无法随时间变化。',

  // Tensors.
  "The model's output for {part} is not [{dims}].": '模型对 {part} 的输出不是 [{dims}]。',
  'The {what} was made for "{made}" models, the model is a "{family}" one.':
    '{what}是为“{made}”类模型生成的，而此模型属于“{family}”类。',
  latent: '潜空间',
  conditioning: '条件',
  'The conditioning lacks {names}; link it through the node that encodes picture and sound.':
    '条件中缺少 {names}；请让它经过为图片和声音编码的节点。',
  'The model gives no output "{output}"; it gives {outputs}.': '模型没有输出“{output}”，它的输出是 {outputs}。',
  '{component} has no input "{input}"; its inputs are {inputs}.':
    '{component} 没有输入“{input}”，它的输入是 {inputs}。',
  '{component} needs the input "{input}"; it was given {given}.': '{component} 需要输入“{input}”，收到的是 {given}。',
  'The input "{input}" of {component} says [{dims}] but has {#count} values.':
    '{component} 的输入“{input}”声明为 [{dims}]，却有 {#count} 个值。',
  'The input "{input}" of {component} must be [{dims}]; it was given [{given}].':
    '{component} 的输入“{input}”应为 [{dims}]，收到的是 [{given}]。',
  'The input "{input}" of {component} is {type}, which is not supported; export it as float32.':
    '{component} 的输入“{input}”是 {type} 类型，不受支持；请以 float32 导出。',
  '{component} takes or gives bfloat16, which cannot be passed to it; export it with float32 inputs and outputs.':
    '{component} 使用无法传递的 bfloat16；请以 float32 的输入输出导出。',
  '{component} is not a model that can be loaded: {reason}': '{component} 不是可载入的模型：{reason}',
  '{component} could not be run on {device}: {reason}': '{component} 无法在 {device} 上运行：{reason}',
  '{component} could not be loaded on {device}: {reason}': '{component} 无法在 {device} 上载入：{reason}',
  'The inference thread stopped: {reason}.': '推理线程已停止：{reason}。',
  'it ended with code {#code}': '以代码 {#code} 结束',
  'The model host is closed.': '模型服务已关闭。',

  // Noise and sampling.
  'A seed is a whole number from 0 to {#max}; "{seed}" is not.': '种子须为 0 到 {#max} 的整数，“{seed}”不是。',
  'Sampling needs a whole number of steps, at least 1; it got {#steps}.':
    '采样步数须为不小于 1 的整数，收到的是 {#steps}。',
  'The scheduler\'s prediction_type "{type}" is not known.': '不认识调度器的 prediction_type“{type}”。',

  // The model in the box.
  'This latent has no colour picture to warp; encode it with "Song video latent".':
    '此潜空间没有可变形的彩色图片；请用“歌曲视频潜空间”编码。',
  'This latent is not one of the pocket model: its tensors are [{fields}] and [{camera}].':
    '此潜空间不属于内置小模型：其张量为 [{fields}] 和 [{camera}]。',
  'This latent is not one of the pocket model: it has no float tensor "{tensor}".':
    '此潜空间不属于内置小模型：没有浮点张量“{tensor}”。',
  'Frame {#frame} could not be drawn: {reason}': '无法绘制第 {#frame} 帧：{reason}',
  'A drawing thread stopped: {reason}': '绘图线程已停止：{reason}',
  'The sound encoder takes a multiple of 6 rows of 7 features; it was given {#rows} rows.':
    '声音编码器的输入须为 7 个特征、行数为 6 的倍数，收到的是 {#rows} 行。',
  'The model has no image_encoder, so it cannot read a picture.': '模型没有 image_encoder，无法读取图片。',

  // Devices.
  'BEATLOOM_PROVIDER is "{text}"; it can be auto, cpu, cuda or webgpu.':
    'BEATLOOM_PROVIDER 的值是“{text}”，可用的值为 auto、cpu、cuda、webgpu。',
  "its results differ from the CPU's by {#share} %": '其结果与 CPU 相差 {#share}%',
  '{device} failed and the CPU is used instead: {reason}': '{device} 出错，改用 CPU：{reason}',
  'not tried: no installed model to measure it with': '未尝试：没有已安装的模型可用来测量',
  'library not found: {library}': '找不到库文件：{library}',
  'library not found': '找不到库文件',
  'no graphics adapter found': '没有找到显卡',
  'no answer within {#seconds} s': '{#seconds} 秒内没有响应',
  'its process ended with {how}': '其进程已结束：{how}',
  'code {#code}': '代码 {#code}',
}
