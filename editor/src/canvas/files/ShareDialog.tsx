import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { shareAddress } from '../../api/client.ts'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { useRun } from '../../run/run-store.ts'
import { Button } from '../../ui/Button.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { useDescriptors } from '../../view/catalog-store.ts'
import { toast } from '../../view/view-store.ts'
import { fileDialogs, useFileDialogs } from './file-dialogs.ts'
import { ShareSwitchList } from './ShareSwitchList.tsx'
import {
  carriersOf,
  copyShared,
  defaultSwitches,
  leavingWorkflow,
  makeLink,
  SHARE_WAYS,
  type ShareWay,
  saveBundle,
  saveResult,
  saveShared,
  whatLeaves,
} from './share-actions.ts'

const close = () => fileDialogs.setState({ sharing: false })

/** Shows what would leave, lets each kind stay, and hands over the rest: as file, text, bundle, result or link. */
export function ShareDialog() {
  const t = useText()
  const open = useFileDialogs((state) => state.sharing)
  return (
    <SheetDialog open={open} title={t('share.title')} lead={t('share.lead')} onClose={close}>
      <ShareForm />
    </SheetDialog>
  )
}

function ShareForm() {
  const t = useText()
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const outputs = useRun((state) => carriersOfRun(state.run))
  const [way, setWay] = useState<ShareWay>('file')
  const [switches, setSwitches] = useState(defaultSwitches('file'))
  const [busy, setBusy] = useState(false)
  const [link, setLink] = useState('')
  const address = useQuery({ queryKey: ['share-address'], queryFn: shareAddress, enabled: way === 'link' })
  const leaving = whatLeaves(workflow, descriptors)
  const choose = (wanted: ShareWay) => {
    setWay(wanted)
    setSwitches(defaultSwitches(wanted))
    setLink('')
  }
  const missing =
    way === 'result' && outputs.length === 0
      ? t('share.noResult')
      : way === 'link' && address.data?.url === null
        ? t('share.noLink')
        : null
  async function hand(): Promise<void> {
    const kept = leavingWorkflow(workflow, descriptors, switches)
    switch (way) {
      case 'file':
        return saveShared(kept)
      case 'text':
        await copyShared(kept)
        return toast(t('share.copied'))
      case 'bundle':
        return saveBundle(kept, switches.paths && switches.media ? leaving.media : [])
      case 'result':
        for (const output of outputs) await saveResult(output, switches.inside ? kept : null)
        return
      case 'link':
        setLink(await makeLink(kept))
    }
  }
  async function act(): Promise<void> {
    setBusy(true)
    try {
      await hand()
    } catch (error) {
      toast((error as Error).message, 'error')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Segmented
        label={t('share.way')}
        value={way}
        options={SHARE_WAYS.map((value) => ({ value, label: t(`share.way.${value}`) }))}
        onChange={choose}
      />
      <p className="share-about">{t(`share.about.${way}`)}</p>
      <ShareSwitchList way={way} leaving={leaving} switches={switches} onChange={setSwitches} />
      {missing && <p className="share-missing">{missing}</p>}
      {link !== '' && (
        <>
          <input
            className="field"
            readOnly
            value={link}
            aria-label={t('share.link')}
            onFocus={(e) => e.target.select()}
          />
          <QrCode address={link} />
        </>
      )}
      <div className="dialog-actions">
        <Button tone="primary" disabled={busy || missing !== null} onClick={() => void act()}>
          {t(`share.do.${way}`)}
        </Button>
      </div>
    </>
  )
}

const NO_OUTPUTS: ReturnType<typeof carriersOf> = []
let lastOutputs: { from: unknown; carriers: ReturnType<typeof carriersOf> } = { from: null, carriers: NO_OUTPUTS }

/** The same list for the same run, so that a progress tick repaints nothing here. */
function carriersOfRun(run: { outputs: Parameters<typeof carriersOf>[0] } | null): ReturnType<typeof carriersOf> {
  if (!run) return NO_OUTPUTS
  if (lastOutputs.from !== run.outputs) lastOutputs = { from: run.outputs, carriers: carriersOf(run.outputs) }
  return lastOutputs.carriers
}
