/** What validation can find. One code, one wording, in every face of the product. */
export type IssueCode =
  | 'unknown_node_type'
  | 'newer_node_version'
  | 'unknown_param'
  | 'param_invalid'
  | 'unknown_input'
  | 'link_node_missing'
  | 'link_port_missing'
  | 'type_mismatch'
  | 'too_many_links'
  | 'input_missing'
  | 'cycle'
  | 'input_target_missing'
  | 'output_target_missing'
  | 'input_value_invalid'
  | 'unknown_input_name'
  | 'unknown_output_name'
  | 'file_missing'
  | 'file_refused'
  | 'model_missing'
  | 'clock_mismatch'
  | 'no_outputs'

export interface Issue {
  /** `warning`: no wanted output depends on it. */
  severity: 'error' | 'warning'
  code: IssueCode
  message: string
  node?: string
  port?: string
  param?: string
  /** The names that would have been right. */
  valid?: string[]
}
