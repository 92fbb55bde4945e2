import type { ErrorCode, IssueCode } from '@beatloom/core'
import { expect, it } from 'vitest'
import { isTextKey, translator } from './index.ts'

/** Every code, once: a new one does not compile until it stands here. */
const ERRORS: Record<ErrorCode, true> = {
  workflow_invalid: true,
  workflow_unreadable: true,
  workflow_too_new: true,
  input_invalid: true,
  usage: true,
  node_failed: true,
  model_missing: true,
  model_invalid: true,
  provider_failed: true,
  media_unreadable: true,
  media_too_large: true,
  media_write_failed: true,
  ffmpeg_missing: true,
  disk_full: true,
  file_missing: true,
  path_refused: true,
  not_found: true,
  method_not_allowed: true,
  request_invalid: true,
  request_too_large: true,
  origin_refused: true,
  data_folder_busy: true,
  draft_conflict: true,
  worker_crashed: true,
  run_cancelled: true,
  run_interrupted: true,
  internal: true,
}
const ISSUES: Record<IssueCode, true> = {
  unknown_node_type: true,
  newer_node_version: true,
  unknown_param: true,
  param_invalid: true,
  unknown_input: true,
  link_node_missing: true,
  link_port_missing: true,
  type_mismatch: true,
  too_many_links: true,
  input_missing: true,
  cycle: true,
  input_target_missing: true,
  output_target_missing: true,
  input_value_invalid: true,
  unknown_input_name: true,
  unknown_output_name: true,
  file_missing: true,
  file_refused: true,
  model_missing: true,
  clock_mismatch: true,
  no_outputs: true,
}

it('E5: every error code and every issue code has words in both languages', () => {
  const keys = [
    ...Object.keys(ERRORS).map((code) => `error.${code}`),
    ...Object.keys(ISSUES).map((code) => `issue.${code}`),
  ]
  for (const key of keys) {
    if (!isTextKey(key)) throw new Error(`There are no words for ${key}.`)
    expect(translator('en')(key)).toMatch(/[a-z]/)
    expect(translator('zh')(key)).toMatch(/[\u4e00-\u9fff]/)
  }
})
