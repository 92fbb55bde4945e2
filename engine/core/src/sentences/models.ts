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

  // Adding, checking and removing models.
  'The file {path} is no ONNX graph, or it breaks off in the middle.': '文件 {path} 不是 ONNX 图，或没有复制完整。',
  'The model "{model}" is not complete; missing: {names}.': '模型“{model}”不完整；缺少：{names}。',
  'The graph {path} takes an input "{input}" that nobody here can feed; known are: {names}.':
    '图 {path} 有一个无法提供的输入“{input}”；已知的输入：{names}。',
  'The graph {path} gives none of the outputs of a {component}, only {names}.':
    '图 {path} 没有 {component} 应有的输出，只有 {names}。',
  'The graph {path} keeps its data outside of the model, in {location}; export it with its data beside it.':
    '图 {path} 的数据位于模型之外的 {location}；请重新导出，把数据放在图旁边。',
  'The data of the graph {path} is missing: {file} is not there.': '图 {path} 的数据缺失：没有 {file}。',
  'The data of the graph {path} breaks off: {file} has {#size} of {#needed} bytes; copy it again.':
    '图 {path} 的数据不完整：{file} 只有 {#size} 字节，应有 {#needed} 字节；请重新复制。',
  '"{name}" holds PyTorch weights ({file}) and no ONNX graphs; export it first, see models/export.':
    '“{name}”只有 PyTorch 权重（{file}），没有 ONNX 图；请先导出，参见 models/export。',
  '"{name}" is no model: it has no model_index.json and no component with a model.onnx.':
    '“{name}”不是模型：既没有 model_index.json，也没有带 model.onnx 的组件。',
  '"{name}" has no {dtype} graphs; it has: {names}.': '“{name}”没有 {dtype} 精度的图；可用的精度：{names}。',
  'The precision "{dtype}" is not known; there are {names}.': '不认识精度“{dtype}”；可用的精度：{names}。',
  '"{name}" cannot be a model\'s name; use letters, digits, dots, - and _.':
    '“{name}”不能作为模型名称；请使用字母、数字、点、- 和 _。',
  '"{name}" is the name of a model that belongs to Beatloom; give another with --name.':
    '“{name}”是 Beatloom 自带模型的名称；请用 --name 另取一个。',
  'There is a model "{name}" already; remove it first, or give another name with --name.':
    '已有名为“{name}”的模型；请先删除它，或用 --name 另取一个名称。',
  'The model "{name}" is being added already.': '模型“{name}”正在添加中。',
  'The model "{name}" belongs to Beatloom and is not removed.': '模型“{name}”是 Beatloom 自带的，不能删除。',
  '"{name}" is neither a folder here nor a model of a hub; those are written owner/name or owner/name@revision.':
    '“{name}”既不是本机的文件夹，也不是模型库网站上的模型；后者应写成 owner/name 或 owner/name@revision。',
  'HF_ENDPOINT is "{address}"; it must be the address of a hub, such as {example}.':
    'HF_ENDPOINT 的值是“{address}”，应为模型库网站的地址，例如 {example}。',
  'The model "{name}" needs {size} more on the disk, and {free} are free; make room, or set BEATLOOM_DATA to a folder on a larger disk.':
    '模型“{name}”还需要 {size} 磁盘空间，而可用空间为 {free}；请腾出空间，或把 BEATLOOM_DATA 设为更大磁盘上的文件夹。',
  'The work on this model was cancelled.': '已取消对此模型的操作。',
  '{path} is missing.': '缺少 {path}。',
  '{path} breaks off: it has {#size} of {#needed} bytes.': '{path} 不完整：只有 {#size} 字节，应有 {#needed} 字节。',
  '{path} is too long: it has {#size} bytes and should have {#needed}.':
    '{path} 过长：有 {#size} 字节，应为 {#needed} 字节。',
  '{path} differs from the file that was added.': '{path} 与添加时的文件不同。',

  // Hubs.
  'The hub does not show "{repo}" without a token: check the name; if it is private or gated, give --token or set HF_TOKEN.':
    '没有令牌时，模型库网站不提供“{repo}”：请检查名称；如果它是私有或受限的，请用 --token 给出令牌，或设置 HF_TOKEN。',
  'The hub does not know the token; make another in the settings of your account there.':
    '模型库网站不认识此令牌；请在该网站的账户设置中另建一个。',
  'The hub does not give "{repo}" to this account: open {hub}/{page}, accept its terms, and give a token of that account with --token.':
    '模型库网站不向此账户提供“{repo}”：请打开 {hub}/{page}，接受其条款，并用 --token 给出该账户的令牌。',
  '"{repo}" no longer has the file {path} on the hub; add the model again.':
    '模型库网站上的“{repo}”已没有文件 {path}；请重新添加此模型。',
  '"{repo}" has no revision "{revision}" on the hub.': '模型库网站上的“{repo}”没有版本“{revision}”。',
  'There is no model "{repo}" on {hub}.': '{hub} 上没有模型“{repo}”。',
  'The hub {hub} does not answer: {reason}. Check the network, name a mirror with HF_ENDPOINT, or add a folder of this machine.':
    '模型库网站 {hub} 没有响应：{reason}。请检查网络，用 HF_ENDPOINT 指定镜像，或添加本机的文件夹。',
  '{hub} does not answer as a hub does: {reason}. Check the address in HF_ENDPOINT.':
    '{hub} 的回应不像模型库网站：{reason}。请检查 HF_ENDPOINT 中的地址。',
  '"{repo}" holds a file with the name "{path}", which is refused.': '“{repo}”中有名为“{path}”的文件，不予接受。',
  'The file {path} of "{repo}" is not the one that the hub lists: it changed under way or was damaged. Add the model again.':
    '“{repo}”的文件 {path} 与模型库网站所列不符：它在下载途中被更改或已损坏。请重新添加此模型。',
  'Fetching {path} of "{repo}" failed {#count} times, at last with: {reason}. What has arrived is kept; add the model again to go on.':
    '下载“{repo}”的 {path} 失败了 {#count} 次，最后一次的原因：{reason}。已下载的部分会保留；再次添加此模型即可接着下载。',
  'the connection ended early': '连接提前结束',
  'nothing came any more': '不再有数据到来',
  'status {#status}': '状态码 {#status}',

  'The tokenizer {path} is not there.': '缺少分词器 {path}。',
  'The tokenizer {path} cannot be used: {reason}': '分词器 {path} 无法使用：{reason}',
  '{setting} is "{text}"; it must be a size in GB, such as 16.':
    '{setting} 的值是“{text}”，应为以 GB 计的大小，例如 16。',
  'The overlap has to be shorter than the length, {#length} frames.': '重叠须短于长度（{#length} 帧）。',
  'Models of the kind "{family}" need no windows: they make whole videos, or go on clip by clip.':
    '“{family}”类模型不需要窗口：它们生成整段视频，或逐段继续。',
  'Memory is not enough to read the picture even in the smallest tiles; make the video smaller.':
    '即使按最小的方块读取图片，内存也不够；请把视频做小。',
  '{component} has {size} of weights, and there are {memory} of memory where it is to run ({device}); take a smaller model or precision, or run it elsewhere.':
    '{component} 的权重有 {size}，而运行它的设备（{device}）只有 {memory} 内存；请换用更小的模型或精度，或在别处运行。',
  'A video that is made clip by clip is made anew as a whole; set the strength to 1.':
    '逐段生成的视频只能整体重做；请把重绘强度设为 1。',
  'The sound has {#count} samples at 16 kHz; speech needs at least {#least} (0.045 s).':
    '声音在 16 kHz 下只有 {#count} 个采样；至少需要 {#least} 个（0.045 秒）。',
  'A clip has frames in multiples of 4; {#frames} is none.': '每段的帧数须是 4 的倍数；{#frames} 不是。',
  'A video of {#seconds} s has no frame.': '{#seconds} 秒的视频一帧也没有。',
  'The audio encoder gives {shapes}; hidden states are [layers, 1, rows, width].':
    '音频编码器给出 {shapes}；隐藏状态应为 [层, 1, 行, 宽]。',
  'The picture is too narrow for a video with sides in multiples of 64 pixels.':
    '图片过窄，无法制作边长为 64 像素倍数的视频。',
  'The latent was not made for sound.': '此潜空间不是为声音准备的。',
  'The latent has not been sampled yet.': '此潜空间尚未采样。',
  '"VAE encode" takes a picture or a clip; take one of the two links away.':
    '“VAE 编码”只接受一张图片或一段画面；请断开两条连线中的一条。',
  '"VAE encode" has nothing to encode; link a picture or a clip to it.':
    '“VAE 编码”没有可编码的内容；请连接一张图片或一段画面。',
  'Models of the kind "{family}" make pictures; link a picture to "VAE encode", not a clip.':
    '“{family}”类模型生成图片；请给“VAE 编码”连接图片，而不是一段画面。',
  'The model takes clips of 4k + 1 frames: the first {#count} are encoded, {#left} at the end are left out.':
    '此模型的片段须是 4k + 1 帧：编码前 {#count} 帧，末尾 {#left} 帧略去。',
  'The clip ends after {#count} of {#frames} frames.': '这段画面在第 {#count} 帧后就结束了，应有 {#frames} 帧。',
  'The disk is full: frames that are worked on found no room.': '磁盘已满：处理中的帧没有空间存放。',
  'Memory was not enough to denoise the video at once; it is made in windows of {#frames} frames that share {#shared}. "Context windows" with these numbers makes it so from the start.':
    '内存不足以一次去噪整个视频，改为按 {#frames} 帧、共有 {#shared} 帧的窗口进行。用这些数值设置“上下文窗口”，即可从一开始就这样做。',
  'Memory is not enough to denoise {#frames} frames at once; make the video smaller, or run the model where there is more memory.':
    '内存不足以一次去噪 {#frames} 帧；请把视频做小，或在内存更大的设备上运行此模型。',
  'Memory was not enough for clips of {#before} frames; they have {#after}. "Frames per clip" makes it so from the start.':
    '内存不足以按每段 {#before} 帧生成，改为每段 {#after} 帧。设置“每段帧数”即可从一开始就这样做。',
  'Memory is not enough for clips of {#frames} frames; make the video smaller, or run the model where there is more memory.':
    '内存不足以按每段 {#frames} 帧生成；请把视频做小，或在内存更大的设备上运行此模型。',
  'Memory is not enough for clips of {#frames} frames, and clips that follow poses stay as they were prepared; set "Frames per clip" to 48, or make the video smaller.':
    '内存不足以按每段 {#frames} 帧生成，而跟随姿态的片段只能保持准备时的样子；请把“每段帧数”设为 48，或把视频做小。',
  'Memory was not enough to decode the video at once; it is decoded in tiles of {#side} pixels.':
    '内存不足以一次解码整个视频，改为按 {#side} 像素的方块解码。',
  'Memory is not enough to decode the video even in the smallest tiles; make it smaller or shorter, or run the VAE on the processor.':
    '即使按最小的方块解码，内存也不够；请把视频做小或做短，或让 VAE 在处理器上运行。',
  'Models of the kind "{family}" follow a sound; take the latent from "Sound to video latent".':
    '“{family}”类模型跟随声音；请从“声音生视频潜空间”取得潜空间。',
  'Models of the kind "{family}" make videos; take the latent from "Empty video latent" or "Picture to video latent".':
    '“{family}”类模型生成视频；请从“空视频潜空间”或“图生视频潜空间”取得潜空间。',
  'Models of the kind "{family}" make videos from words; take the latent from "Empty video latent".':
    '“{family}”类模型由文字生成视频；请从“空视频潜空间”取得潜空间。',
  'Models of the kind "{family}" make pictures; take the latent from "Empty latent" or "VAE encode".':
    '“{family}”类模型生成图片；请从“空潜空间”或“VAE 编码”取得潜空间。',
  'Models of the kind "{family}" animate a picture to a song; take the latent from "Song video latent".':
    '“{family}”类模型让图片随歌曲动起来；请从“歌曲视频潜空间”取得潜空间。',
  'Models of the kind "wan-ti2v" cannot end on a picture; take the link to "Last picture" away.':
    '“wan-ti2v”类模型不能以图片结尾；请断开“末尾图片”的连线。',
  'The picture was prepared for a video of another size or length; take conditioning and latent from the same "Picture to video latent".':
    '图片是为另一尺寸或长度的视频准备的；请从同一个“图生视频潜空间”取得条件和潜空间。',
  'Models of the kind "{family}" begin with a picture; take the latent from "Picture to video latent".':
    '“{family}”类模型从图片开始；请从“图生视频潜空间”取得潜空间。',
  'Videos of this model have sides in multiples of {#multiple} pixels; {#side} is none.':
    '此模型的视频边长须是 {#multiple} 像素的倍数；{#side} 不是。',
  'The conditioning was made for "{family}" models, the VAE belongs to a "{other}" one.':
    '条件是为“{family}”类模型制作的，而 VAE 属于“{other}”类模型。',
  'All parts have to come from one kind of model; here are "{family}" and "{other}".':
    '各部分须来自同一类模型；这里有“{family}”和“{other}”。',
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
  '{component} needs more memory than {device} has free.': '{component} 需要的内存超过 {device} 的可用内存。',
  'The inference thread stopped: {reason}.': '推理线程已停止：{reason}。',
  'it ended with code {#code}': '以代码 {#code} 结束',
  'The model host is closed.': '模型服务已关闭。',

  // LoRAs.
  'The model "{model}" was exported without inputs for LoRAs; export it anew with them, see models/export.':
    '模型“{model}”导出时没有 LoRA 的输入；请带上它们重新导出，参见 models/export。',
  'The model file {path} does not list the layers that LoRAs can change.':
    '模型文件 {path} 没有列出 LoRA 可以改动的层。',
  '"{name}" is no safetensors file, or it is damaged.': '“{name}”不是 safetensors 文件，或已损坏。',
  'In "{name}", {tensor} is of the type {type}, which cannot be read; save it as F32, F16 or BF16.':
    '“{name}”中的 {tensor} 是 {type} 类型，无法读取；请存为 F32、F16 或 BF16。',
  '"{name}" is a LoRA for another model: its {module} is [{down}] and [{up}], where [rank, {#taken}] and [{#given}, rank] are wanted.':
    '“{name}”是另一种模型的 LoRA：其 {module} 为 [{down}] 和 [{up}]，而这里需要 [rank, {#taken}] 和 [{#given}, rank]。',
  '"{name}" is a LoRA for another model: none of its {#count} tensors has a place in this one ({names}).':
    '“{name}”是另一种模型的 LoRA：它的 {#count} 个张量在此模型中都没有位置（{names}）。',

  // Noise and sampling.
  'A seed is a whole number from 0 to {#max}; "{seed}" is not.': '种子须为 0 到 {#max} 的整数，“{seed}”不是。',
  'Sampling needs a whole number of steps, at least 1; it got {#steps}.':
    '采样步数须为不小于 1 的整数，收到的是 {#steps}。',
  'Schedulers whose shift depends on the picture’s size are not known here.': '这里不支持偏移随图片尺寸变化的调度器。',
  'PNDM is known only without its Runge–Kutta start (skip_prk_steps: true).':
    '只支持不带龙格-库塔起步的 PNDM（skip_prk_steps: true）。',
  'PNDM is for models that predict noise; this one predicts clean pictures.':
    'PNDM 用于预测噪声的模型，而这个模型预测干净的画面。',
  'DPM-Solver++ is known of order 1 and 2; the config asks for {#order}.':
    'DPM-Solver++ 只支持 1 阶和 2 阶；配置要求 {#order} 阶。',
  'The sampler "{name}" is for models that predict a flow; this one predicts noise or pictures. Choose another.':
    '采样方法“{name}”用于预测流的模型，而这个模型预测噪声或画面。请另选一种。',
  'The sampler "{name}" is not for models that predict a flow, as this one does. Choose one of {valid}.':
    '采样方法“{name}”不适用于预测流的模型，而这个模型正是。请选择 {valid} 之一。',
  'This model was distilled for at most {#most} steps here; {#steps} were asked.':
    '这个模型在这里最多可用 {#most} 步；要求的是 {#steps} 步。',
  'In scheduler_config.json, {key} must be a number; it is {found}.':
    'scheduler_config.json 中的 {key} 须为数字，现在是 {found}。',
  'In scheduler_config.json, {key} must be true or false; it is {found}.':
    'scheduler_config.json 中的 {key} 须为 true 或 false，现在是 {found}。',
  'In scheduler_config.json, {key} must be one of {choices}; it is {found}.':
    'scheduler_config.json 中的 {key} 须为 {choices} 之一，现在是 {found}。',
  'In scheduler_config.json, {key} must be a list of numbers; it is {found}.':
    'scheduler_config.json 中的 {key} 须为数字列表，现在是 {found}。',
  'Models trained with {#steps} timesteps cannot be sampled, only with 1000.':
    '以 {#steps} 个时间步训练的模型无法采样，只支持 1000 个。',
  'scheduler_config.json names the scheduler {name}, which is not known; known are {known}.':
    'scheduler_config.json 指定的调度器 {name} 无法识别；支持的有：{known}。',
  "The scheduler's trained_betas must be {#count} numbers between 0 and 1.":
    '调度器的 trained_betas 须为 {#count} 个 0 到 1 之间的数。',
  "Stable Diffusion's pictures have sides in multiples of 8; {#side} is none.":
    'Stable Diffusion 图片的边长须为 8 的倍数；{#side} 不是。',
  'The model has no vae_encoder, so it cannot read a picture.': '该模型没有 vae_encoder，因此无法读取图片。',
  "The tokenizer's vocab.json has no {token}, so it is none of CLIP.":
    '分词器的 vocab.json 中没有 {token}，因此不是 CLIP 的分词器。',
  'The tokenizer\'s merges.txt has the line "{line}".': '分词器的 merges.txt 中有无法读取的一行：“{line}”。',

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
  'BEATLOOM_PROVIDER is "{text}"; it can be auto, {names}.': 'BEATLOOM_PROVIDER 的值是“{text}”，可以是 auto、{names}。',
  "its results differ from the CPU's by {#share} %": '其结果与 CPU 相差 {#share}%',
  '{device} failed and the CPU is used instead: {reason}': '{device} 出错，改用 CPU：{reason}',
  'not part of the runtime on this system': '此系统的运行库不含此设备',
  'not tried: no installed model to measure it with': '未尝试：没有已安装的模型可用来测量',
  'library not found: {library}': '找不到库文件：{library}',
  'library not found': '找不到库文件',
  'no graphics adapter found': '没有找到显卡',
  'no answer within {#seconds} s': '{#seconds} 秒内没有响应',
  'its process ended with {how}': '其进程已结束：{how}',
  'code {#code}': '代码 {#code}',
}
