import { Undo2 } from 'lucide-react'
import { useId } from 'react'
import { toggleDeclaredInput, toggleDeclaredOutput } from '../document/declare-input.ts'
import { declaredFields, declaredOutputs, planForm } from '../document/declared-fields.ts'
import { useDocument } from '../document/document-store.ts'
import { setTitle } from '../document/edits.ts'
import { describe, moved, orderInputs, orderOutputs } from '../document/form-edits.ts'
import { useText } from '../i18n/index.ts'
import { announce } from '../shell/announce-store.ts'
import { Button } from '../ui/Button.tsx'
import { Picker } from '../ui/Picker.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { FormInputRow } from './FormInputRow.tsx'
import { FormOpening } from './FormOpening.tsx'
import { FormOutputRow } from './FormOutputRow.tsx'
import { fieldLabel } from './field-words.ts'
import { freeParams, freePorts } from './form-choices.ts'
import { outputLabel } from './output-label.ts'
import '../styles/form-editor.css'

/** Changes the form itself: which values and results it shows, in what order, under what words. */
export function FormEditor() {
  const t = useText()
  const language = useView((state) => state.language)
  const workflow = useDocument((state) => state.workflow)
  const edit = useDocument((state) => state.edit)
  const undo = useDocument((state) => state.undo)
  const canUndo = useDocument((state) => state.history.past.length > 0)
  const descriptors = useDescriptors()
  const fields = declaredFields(workflow, descriptors)
  const folded = new Set(planForm(fields).more)
  const outputs = declaredOutputs(workflow)
  const inputNames = fields.map((field) => field.name)
  const outputNames = outputs.map(({ name }) => name)
  const tellPlace = (label: string, names: readonly string[], name: string) =>
    announce(t('form.moved', { name: label, place: names.indexOf(name) + 1, of: names.length }))
  return (
    <section className="form-editor" aria-label={t('form.edit')}>
      <header className="form-editor-head">
        <p>{t('form.lead')}</p>
        <Button size="small" icon={<Undo2 size={14} aria-hidden="true" />} disabled={!canUndo} onClick={undo}>
          {t('command.undo')}
        </Button>
      </header>
      <Words />
      <h2>{t('form.inputs')}</h2>
      <ul className="form-rows">
        {fields.map((field, index) => {
          const label = fieldLabel(field, language)
          return (
            <FormInputRow
              key={field.name}
              field={field}
              label={label}
              folded={folded.has(field)}
              first={index === 0}
              last={index === fields.length - 1}
              onMove={(by) => {
                const names = moved(inputNames, field.name, by)
                edit(orderInputs(names))
                tellPlace(label, names, field.name)
              }}
              onRemove={() => edit(toggleDeclaredInput(field.node, field.param.name))}
            />
          )
        })}
      </ul>
      <Picker
        label={t('form.addInput')}
        placeholder={t('form.addInput')}
        value=""
        options={freeParams(workflow, descriptors, language)}
        onChange={(value) => edit(toggleDeclaredInput(...parts(value)))}
      />
      <h2>{t('form.outputs')}</h2>
      <ul className="form-rows">
        {outputs.map((item, index) => {
          const label = outputLabel(item, workflow, descriptors, language)
          return (
            <FormOutputRow
              key={item.name}
              item={item}
              label={label}
              first={index === 0}
              last={index === outputs.length - 1}
              onMove={(by) => {
                const names = moved(outputNames, item.name, by)
                edit(orderOutputs(names))
                tellPlace(label, names, item.name)
              }}
              onRemove={() => edit(toggleDeclaredOutput(item.output.node, item.output.port))}
            />
          )
        })}
      </ul>
      <Picker
        label={t('form.addOutput')}
        placeholder={t('form.addOutput')}
        value=""
        options={freePorts(workflow, descriptors, language)}
        onChange={(value) => edit(toggleDeclaredOutput(...parts(value)))}
      />
      <FormOpening />
    </section>
  )
}

/** `NODE.PARAM`; ids have no dot, names neither. */
function parts(value: string): [node: string, name: string] {
  const at = value.lastIndexOf('.')
  return [value.slice(0, at), value.slice(at + 1)]
}

function Words() {
  const t = useText()
  const id = useId()
  const title = useDocument((state) => state.workflow.title)
  const description = useDocument((state) => state.workflow.description ?? '')
  const edit = useDocument((state) => state.edit)
  const seal = useDocument((state) => state.seal)
  return (
    <div className="form-words">
      <label htmlFor={`${id}-title`}>{t('form.title')}</label>
      <input
        id={`${id}-title`}
        className="field"
        value={title}
        onChange={(event) => edit(setTitle(event.target.value), 'title')}
        onBlur={seal}
      />
      <label htmlFor={`${id}-about`}>{t('form.about')}</label>
      <textarea
        id={`${id}-about`}
        className="field"
        rows={2}
        value={description}
        onChange={(event) => edit(describe(event.target.value), 'description')}
        onBlur={seal}
      />
    </div>
  )
}
