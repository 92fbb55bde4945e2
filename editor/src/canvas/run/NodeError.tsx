import type { ErrorReport } from '@beatloom/core'
import { CircleAlert } from 'lucide-react'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { errorText } from '../../i18n/issue-text.ts'
import { useNodeText } from '../../i18n/node-text.ts'
import { useDescriptor } from '../../view/catalog-store.ts'
import { fixesForError } from '../fixes/error-fixes.ts'
import { fieldOfError } from '../fixes/field-of-error.ts'
import { ErrorDetails } from './ErrorDetails.tsx'
import { FixButtons } from './FixButtons.tsx'

/** Why the node failed: what happened, at which field, and why; ways out; and the details, folded. */
export function NodeError({ id, error }: { id: string; error: ErrorReport }) {
  useText()
  const type = useDocument((state) => state.workflow.nodes[id]?.type ?? '')
  const descriptor = useDescriptor(type)
  const field = fieldOfError(error, descriptor)
  return (
    <div className="node-problem" data-severity="error" role="alert">
      <p data-severity="error">
        <CircleAlert size={14} aria-hidden="true" />
        <span>
          {field && descriptor && <FieldName type={type} field={field} />}
          {errorText({ ...error, message: withoutNode(error.message) })}
        </span>
      </p>
      <FixButtons fixesOf={() => fixesForError(error, id)} />
      <ErrorDetails error={error} />
    </div>
  )
}

function FieldName({ type, field }: { type: string; field: string }) {
  const descriptor = useDescriptor(type)!
  const words = useNodeText(descriptor)
  const param = descriptor.params.find((one) => one.name === field)
  return param ? <strong>{words.param(param)}: </strong> : null
}

/** The card itself says which node it is. */
const withoutNode = (message: string): string => message.replace(/^Node "[^"]*" \([^)]*\) failed: /, '')
