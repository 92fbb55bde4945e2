import { type Language, viewStore } from '../view/view-store.ts'

const LOCALES: Record<Language, string> = { en: 'en', zh: 'zh-CN' }
const UNITS = { en: { seconds: ' s', minutes: ' min ' }, zh: { seconds: ' 秒', minutes: ' 分 ' } }

export const localeOf = (language: Language): string => LOCALES[language]

/** Components that format listen to the language by `useText`. */
const languageNow = (): Language => viewStore.getState().language

const formats = new Map<string, Intl.NumberFormat>()

/** A number in the chosen language, with exactly so many decimals. */
export function numberText(value: number, digits = 0): string {
  const key = `${languageNow()}${digits}`
  const known = formats.get(key)
  const format =
    known ??
    new Intl.NumberFormat(localeOf(languageNow()), { minimumFractionDigits: digits, maximumFractionDigits: digits })
  if (!known) formats.set(key, format)
  return format.format(value)
}

/** `75.5` → `1:15.5`, in every language; whole seconds without the tail. */
export function clockTime(seconds: number, digits: 0 | 1 | 2 | 3 = 0): string {
  const scale = 10 ** digits
  const whole = Math.round(Math.max(0, seconds) * scale) / scale
  const minutes = Math.floor(whole / 60)
  const rest = (whole - minutes * 60).toFixed(digits)
  return `${minutes}:${rest.padStart(digits === 0 ? 2 : 3 + digits, '0')}`
}

/** From here on, minutes are easier to read. */
const MINUTES_FROM = 89.5

/** Short lengths keep a decimal. */
const secondsDigits = (seconds: number): 0 | 1 => (seconds < 9.95 ? 1 : 0)

/** Less than this would read as nothing at all. */
const LEAST_SECONDS = 0.05

/** A short length of work: `< 0.1 s`, `0.8 s`, `12 s`, `3 min 20 s`; `3 分 20 秒`. */
export function workTime(seconds: number): string {
  const units = UNITS[languageNow()]
  if (seconds < LEAST_SECONDS) return `< ${numberText(0.1, 1)}${units.seconds}`
  if (seconds < MINUTES_FROM) return numberText(seconds, secondsDigits(seconds)) + units.seconds
  const whole = Math.round(seconds)
  return numberText(Math.floor(whole / 60)) + units.minutes + numberText(whole % 60) + units.seconds
}

/** `12–18 s`; one value where both ends read the same. */
export function workRange(low: number, high: number): string {
  const [from, to] = [workTime(low), workTime(high)]
  if (from === to) return from
  if (low < LEAST_SECONDS) return `< ${to}`
  return high < MINUTES_FROM ? `${numberText(low, secondsDigits(low))}–${to}` : `${from} – ${to}`
}

/** `5.06 s`; whole seconds without the tail. */
export const exactSeconds = (seconds: number): string =>
  numberText(seconds, Number.isInteger(seconds) ? 0 : 2) + UNITS[languageNow()].seconds

export function fileSize(bytes: number): string {
  if (bytes < 1e3) return `${numberText(bytes)} B`
  if (bytes < 999_500) return `${numberText(bytes / 1e3)} kB`
  if (bytes < 999_950_000) return `${numberText(bytes / 1e6, 1)} MB`
  return `${numberText(bytes / 1e9, 2)} GB`
}

/** `42 %`, `42%` in Chinese; never more than is done. */
export const percent = (share: number): string =>
  numberText(Math.floor(share * 100)) + (languageNow() === 'zh' ? '%' : ' %')
