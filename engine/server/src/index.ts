export { Engine, type EngineOptions, type Submission } from './engine.ts'
export { defaultDataRoot } from './folder/data-folder.ts'
export { buildServer, type ServerOptions } from './http/build-server.ts'
