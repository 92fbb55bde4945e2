/** What the server takes, checked here before anything is sent; a test holds both to the same numbers. */
export const MAX_UPLOAD_BYTES = 500 * 2 ** 20
export const MAX_PICTURE_PIXELS = 100_000_000
export const MAX_SONG_SECONDS = 36_000
/** A picture made smaller in the browser keeps this many pixels on its longer side: more than any video here shows. */
export const SMALLER_SIDE_PX = 4096
