import { ChevronDown, Play } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useText } from '../../i18n/index.ts'
import { useQuote } from '../../run/quote-store.ts'
import { quoteInShort } from '../../run/quote-text.ts'
import { runDocument } from '../../shell/session.ts'
import { commandById } from '../commands.ts'
import { isMac, keyText } from '../keys/key-match.ts'
import { QuoteDetails } from './QuoteDetails.tsx'

/**
 * Run with what it would cost written on it; the arrow beside opens the whole quote.
 * @param brief while another run is told of beside it, the quote is behind the arrow alone.
 */
export function RunButton({ brief }: { brief: boolean }) {
  const t = useText()
  const { quote, stale } = useQuote()
  return (
    <div className="run-split">
      <button
        type="button"
        className="button run-button"
        data-tone="primary"
        data-size="medium"
        aria-describedby={quote && !brief ? 'run-quote' : undefined}
        title={`${t('command.run')}  ${keyText(commandById('run').keys[0] ?? '', isMac())}`}
        onClick={() => void runDocument()}
      >
        <Play size={16} fill="currentColor" aria-hidden="true" />
        <span>
          {t('command.run')}
          {quote && !brief && (
            <small id="run-quote" aria-hidden="true" data-stale={stale}>
              {quoteInShort(quote, t)}
            </small>
          )}
        </span>
      </button>
      {quote && (
        <Popover.Root>
          <Popover.Trigger className="button run-more" data-tone="primary" aria-label={t('quote.title')}>
            <ChevronDown size={16} aria-hidden="true" />
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content className="menu quote-details" sideOffset={8} align="end" aria-label={t('quote.title')}>
              <QuoteDetails quote={quote} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </div>
  )
}
