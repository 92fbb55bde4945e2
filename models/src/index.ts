export { type DenoiseOptions, denoise, denoiseVariations } from './denoise.ts'
export { expertAt } from './denoise-once.ts'
export {
  type DrawPreview,
  type EncodedPrompt,
  familyOf,
  findFamily,
  type LoadedModel,
  type PipelineFamily,
  type PreviewPicture,
  type Prompt,
  type VideoFormat,
} from './families.ts'
export { guide, needsUnconditional } from './guidance.ts'
export { type BeatloomModelHost, createModelHost, type ModelHostOptions } from './host/model-host.ts'
export type { ProviderName } from './host/protocol.ts'
export { outputNamed } from './host/tensor-io.ts'
export { bundledModelsFolder } from './library/model-library.ts'
export { openLora, readLoraMap } from './lora/index.ts'
export { createGenerator, MAX_SEED, type NoiseGenerator, parseSeed, torchCpuRandn } from './noise/torch-random.ts'
export {
  type Aspect,
  AUDIO_FEATURES,
  FEATURE_RATE,
  FIELD_CHANNELS,
  type Grid,
  gridFor,
  LATENT_RATE,
  latentDims,
  MOTION_STRENGTH,
} from './pocket/contract.ts'
export { decodePocket, lastMoment, type PocketCrop, type PocketFrames, previewPocket } from './pocket/decoder/index.ts'
export { encodePicture, encodeSound, matteOfMask } from './pocket/encode.ts'
export { missingLibrary } from './providers/machine.ts'
export type { ProviderReport, ProviderWish } from './providers/provider-choice.ts'
export { createScheduler, firstCall, type SchedulerOptions } from './schedulers/create-scheduler.ts'
export type { DrawNoise, Scheduler } from './schedulers/scheduler.ts'
export {
  FLOW_SCHEDULERS,
  SCHEDULER_NAMES,
  type SchedulerName,
  schedulerOfConfig,
} from './schedulers/scheduler-names.ts'
export { findSubject, maskOfMatte, SUBJECT_COMPONENT, SUBJECT_MODEL, type Subject } from './subject/find-subject.ts'
export { loadTokenizer, type PromptTokenizer, type TokenizedText, tokenizerOf } from './tokenizer.ts'
