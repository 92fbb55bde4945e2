export type { AddProgress } from './add-progress.ts'
export { type AddRequest, createModelManager, type ModelManager, type ModelManagerOptions } from './model-manager.ts'
export { DTYPES } from './pick-files.ts'
export type { FileProblem, Verified } from './verify-model.ts'
