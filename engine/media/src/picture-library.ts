/**
 * sharp, loaded when the first picture is read: it takes 40 MB and a tenth of a second.
 * One thread per picture, since graphs run side by side, and no cache: each picture is read once.
 */
export async function pictureLibrary(): Promise<typeof import('sharp').default> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}
