import type { Language } from './language.ts'

const ENGLISH = `Beatloom: workflows that turn pictures and songs into video.

  beatloom run WORKFLOW [--INPUT VALUE …] [--out PATH] [--output NAME] [--json]
  beatloom plan WORKFLOW [--INPUT VALUE …] [--json]      which nodes would run, and why
  beatloom validate WORKFLOW [--INPUT VALUE …] [--json]  every problem at once
  beatloom nodes [NAME] [--json]                         node types with their ports and params
  beatloom models [list|add|verify|remove] [--json]      models: "beatloom models --help"
  beatloom verify FILE [--quick] [--json]                whether a video's picture and sound agree
  beatloom serve [--no-open] [--port N]                  the server with the editor

WORKFLOW is a file, or the name of one in the gallery: song-video, beat-pulse, audio-analysis.
"beatloom run WORKFLOW --help" lists that workflow's inputs.

Exit status: 0 done, 1 failed, 2 wrong usage or invalid workflow, 130 cancelled.
Of ours, verify also makes one shot anew and compares it; --quick leaves that out.
Of "verify": 0 they agree, 1 they do not, 3 it cannot be told.
Settings: BEATLOOM_DATA (data folder), BEATLOOM_PORT, BEATLOOM_TOKEN, BEATLOOM_FFMPEG,
BEATLOOM_MEMORY_MB (memory a run may take, for the quote), BEATLOOM_LANG (en or zh),
BEATLOOM_WORKERS (how many workers make the shots of a song; one for each CUDA card).
`

const CHINESE = `Beatloom：把图片和歌曲变成视频的工作流。

  beatloom run 工作流 [--输入 值 …] [--out 路径] [--output 名称] [--json]   运行
  beatloom plan 工作流 [--输入 值 …] [--json]       哪些节点会运行，以及原因
  beatloom validate 工作流 [--输入 值 …] [--json]   一次列出所有问题
  beatloom nodes [名称] [--json]                    节点类型及其端口和参数
  beatloom models [list|add|verify|remove] [--json] 模型：“beatloom models --help”
  beatloom verify 文件 [--quick] [--json]           视频的画面与声音是否一致
  beatloom serve [--no-open] [--port N]             带编辑器的服务器

“工作流”是文件，或模板库中的名称：song-video、beat-pulse、audio-analysis。
“beatloom run 工作流 --help”列出该工作流的输入。

退出状态：0 完成，1 失败，2 用法有误或工作流无效，130 已取消。
对 Beatloom 制作的文件，verify 还会重做一个镜头并比较；--quick 则不做。
“verify”的退出状态：0 一致，1 不一致，3 无法判断。
设置：BEATLOOM_DATA（数据文件夹）、BEATLOOM_PORT、BEATLOOM_TOKEN、BEATLOOM_FFMPEG、
BEATLOOM_MEMORY_MB（一次运行可用的内存，用于预估）、BEATLOOM_LANG（en 或 zh）、
BEATLOOM_WORKERS（同时制作镜头的工作进程数；默认每块 CUDA 显卡一个）。
`

const MODELS_ENGLISH = `Models: what workflows draw, speak and listen with.

  beatloom models [list] [--json]             installed models and where they run
  beatloom models add FOLDER [--name NAME] [--dtype TYPE] [--json]
  beatloom models add OWNER/NAME[@REVISION] [--name NAME] [--dtype TYPE] [--token TOKEN] [--json]
  beatloom models verify [NAME] [--json]      every file against the hash it was added with
  beatloom models remove NAME [--yes] [--json]

FOLDER holds a model in the diffusers layout with ONNX graphs. Its files are linked, or copied from another disk.
OWNER/NAME is a model of a hub. What an interrupted download left is gone on with.
TYPE is the precision where there are several: fp32, fp16, int8, uint8, q8, q4, q4f16, bnb4.

Exit status: 0 done, 1 failed or not as it was added, 2 wrong usage, 130 cancelled.
Settings: BEATLOOM_DATA (models lie in its folder "models"), HF_ENDPOINT (another hub), HF_TOKEN.
`

const MODELS_CHINESE = `模型：工作流用来绘画、说话和聆听的工具。

  beatloom models [list] [--json]             已安装的模型及其运行位置
  beatloom models add 文件夹 [--name 名称] [--dtype 精度] [--json]
  beatloom models add 所有者/名称[@版本] [--name 名称] [--dtype 精度] [--token 令牌] [--json]
  beatloom models verify [名称] [--json]      逐个文件与添加时的哈希值核对
  beatloom models remove 名称 [--yes] [--json]

“文件夹”是 diffusers 布局、含 ONNX 图的模型。其文件以硬链接加入，来自其他磁盘时则复制。
“所有者/名称”是模型库网站上的模型。中断的下载会接着进行。
“精度”用于有多种精度时：fp32、fp16、int8、uint8、q8、q4、q4f16、bnb4。

退出状态：0 完成，1 失败或文件与添加时不符，2 用法有误，130 已取消。
设置：BEATLOOM_DATA（模型位于其中的“models”文件夹）、HF_ENDPOINT（其他模型库网站）、HF_TOKEN。
`

export const MODELS_USAGE: Record<Language, string> = { en: MODELS_ENGLISH, zh: MODELS_CHINESE }

export const USAGE: Record<Language, string> = { en: ENGLISH, zh: CHINESE }

/** The words of a workflow's own help, and of the lists of nodes and models. */
export const HELP_WORDS = {
  inputs: ['Inputs:', '输入：'],
  options: ['Options:', '选项：'],
  default: ['default', '默认'],
  out: ['where to write the result: a file, or a folder for several', '结果写到哪里：文件；有多个结果时为文件夹'],
  output: ['only this output:', '只要这个输出：'],
  noOutput: ['the file declares none', '文件没有声明输出'],
  input: ['NAME=VALUE, another way to give any input', '名称=值，给出任何输入的另一种方式'],
  json: ['one event per line as JSON', '每行一个 JSON 事件'],
  tryAnyway: ['begin even what the quote says cannot be done here', '即使预估表明本机无法完成，也照样开始'],
  listOf: ['list', '列表'],
  nodeInputs: ['inputs', '输入'],
  nodeOutputs: ['outputs', '输出'],
  nodeParams: ['params', '参数'],
  version: ['version', '版本'],
  run: ['run', '运行'],
  cached: ['cached', '已缓存'],
  unneeded: ['unneeded', '不需要'],
} satisfies Record<string, readonly [english: string, chinese: string]>
