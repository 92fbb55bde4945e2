export { readLoraMap } from './lora-map.ts'
export { openLora } from './open-lora.ts'
export { readSafetensors } from './safetensors.ts'
