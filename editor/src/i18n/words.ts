/** One area's words: each key with its English and its Simplified Chinese. A missing language does not compile. */
export type Words = Record<string, readonly [english: string, chinese: string]>
