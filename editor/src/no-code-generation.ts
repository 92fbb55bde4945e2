/**
 * The page's security policy allows no code made from strings, and zod would try, leaving an error in the console.
 * Its switch must be set before the first schema is used; this module is imported first.
 */
;(globalThis as { __zod_globalConfig?: { jitless?: boolean } }).__zod_globalConfig = { jitless: true }

export {}
