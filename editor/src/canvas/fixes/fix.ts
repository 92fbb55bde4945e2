/** A way out of a problem, as a button offers it. */
export interface Fix {
  label: string
  apply(): void
}

/** More than two ways to choose from are a question, not an answer. */
export const MOST_FIXES = 2
