/**
 * One area's sentences: the English pattern as the code writes it, and the same in Simplified Chinese.
 * `{name}` stands for anything, `{#name}` for a number, `{title}` for a node type's title; at the few places that hold
 * words of ours (`{problem}`, `{reason}`, `{hint}` …) those are translated in turn. Both languages have the same places.
 */
export type Sentences = Record<string, string>
