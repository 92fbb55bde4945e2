import type { SyncCertificate } from '@beatloom/core'
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import { numberText } from '../i18n/format.ts'
import { type Translate, useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import '../styles/certificate.css'

const ICONS = { green: CircleCheck, red: CircleX, unknown: CircleHelp } satisfies Record<
  SyncCertificate['verdict'],
  typeof CircleCheck
>

/** A certificate as a badge with its reasons; the numbers are folded away. */
export function CertificateView({ certificate }: { certificate: SyncCertificate }) {
  const t = useText()
  const { verdict, reasons } = certificate
  const Icon = ICONS[verdict]
  return (
    <section className="display certificate" data-verdict={verdict}>
      <p className="certificate-badge">
        <Icon size={16} aria-hidden="true" />
        <span>{t(`certificate.${verdict}`)}</span>
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason.code} data-level={reason.level}>
            {say(reason.text)}
          </li>
        ))}
      </ul>
      <details className="nodrag nowheel">
        <summary>{t('certificate.numbers')}</summary>
        <dl>
          {numbersOf(certificate, t).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

function numbersOf(certificate: SyncCertificate, t: Translate): [name: string, value: string][] {
  const { picture, sound, source, cuts, cutsToBeats, cutsToPlan, planned } = certificate
  const ms = (value: number): string => t('certificate.ms', { n: numberText(value, 1) })
  const rows: [string, string][] = [
    [t('certificate.frames'), numberText(picture.frames)],
    [t('certificate.cuts'), numberText(cuts.length)],
  ]
  if (cutsToPlan && planned) {
    const share = { n: numberText(cutsToPlan.found), m: numberText(planned.cuts.length) }
    rows.push([t('certificate.planned'), t('certificate.share', share)])
  }
  if (cutsToBeats) {
    const { shiftMs, medianMs, p95Ms, maxMs } = cutsToBeats
    rows.push([t('certificate.shift'), ms(shiftMs)])
    rows.push([t('certificate.spread'), [medianMs, p95Ms, maxMs].map(ms).join(' · ')])
  }
  if (source) rows.push([t('certificate.offset'), ms(source.offsetMs)])
  if (sound?.loudnessLufs != null) rows.push([t('certificate.loudness'), `${numberText(sound.loudnessLufs, 1)} LUFS`])
  if (sound?.peakDb != null) rows.push([t('certificate.peak'), `${numberText(sound.peakDb, 1)} dB`])
  return rows
}
