/** Chinese words for node types, by type name. Files hold none of them. */
export interface NodeWords {
  title: string
  description: string
  ports?: Record<string, string>
  /** What a port holds, where its name does not say it all. */
  portHelp?: Record<string, string>
  params?: Record<string, { title: string; help?: string; choices?: Record<string, string> }>
}
