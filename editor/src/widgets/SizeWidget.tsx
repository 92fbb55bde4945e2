import { ArrowLeftRight } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { Picker } from '../ui/Picker.tsx'
import { NumberWidget } from './NumberWidget.tsx'
import { paramOf, setParams, useSibling } from './siblings.ts'
import { SIZE_PRESETS, takes } from './size-presets.ts'
import type { WidgetProps } from './widget.ts'

/** The width of a picture, with known sizes and a swap that set width and height together. */
export function SizeWidget(props: WidgetProps) {
  const { id, node, param, disabled } = props
  const t = useText()
  const heightName = param.heightParam ?? 'height'
  const width = Number(props.value ?? 0)
  const height = Number(useSibling(node, heightName) ?? 0)
  const heightParam = paramOf(node, heightName)
  const set = (size: { width: number; height: number }) => {
    setParams(node, { [param.name]: size.width, [heightName]: size.height })
    props.onDone()
  }
  const options = SIZE_PRESETS.map((preset) => ({
    value: `${preset.width}x${preset.height}`,
    label: `${preset.width} × ${preset.height}`,
    note: preset.name,
    unavailable:
      takes(param, preset.width) && (!heightParam || takes(heightParam, preset.height))
        ? undefined
        : t('size.notHere', { name: preset.name }),
  }))
  return (
    <div className="size">
      <NumberWidget {...props} />
      <Picker
        id={`${id}-preset`}
        label={t('size.presets')}
        value={`${width}x${height}`}
        options={options}
        face={t('size.presets')}
        disabled={disabled}
        onChange={(value) => {
          const [wide = 0, high = 0] = value.split('x').map(Number)
          set({ width: wide, height: high })
        }}
      />
      <IconButton label={t('size.swap')} onClick={() => set({ width: height, height: width })}>
        <ArrowLeftRight size={14} />
      </IconButton>
    </div>
  )
}
