import { useMemo } from 'react'
import { documentStore, useDocument } from '../document/document-store.ts'
import { useProblems } from '../shell/problem-store.ts'
import { useCatalogReady, useDescriptors } from '../view/catalog-store.ts'
import { useModels } from './additions.ts'
import { type MissingModel, missingModels, missingNames, modelUses } from './missing-models.ts'
import { isHubId } from './model-source.ts'
import type { AddWish } from './models-dialog.ts'
import { readNeed } from './needed-model.ts'

const NONE: readonly MissingModel[] = []

/** The models that the open workflow needs and that are not installed. The server is asked only where it needs any. */
export function useMissingModels(): readonly MissingModel[] {
  const ready = useCatalogReady()
  const descriptors = useDescriptors()
  const nodes = useDocument((state) => state.workflow.nodes)
  const needs = useDocument((state) => state.workflow.needs)
  const opened = useDocument((state) => state.savedWorkflow)
  const needsAny = useMemo(() => {
    if (!ready || Object.keys(nodes).length === 0) return false
    if (Object.keys(needs.models).length > 0) return true
    return modelUses(documentStore.getState().workflow, descriptors).size > 0
  }, [ready, nodes, needs, descriptors])
  const models = useModels({ enabled: needsAny })
  return useMemo(() => {
    if (!needsAny || !models) return NONE
    const installed = new Set(models.map(({ name }) => name))
    const workflow = { ...documentStore.getState().workflow, nodes, needs }
    return missingModels(workflow, descriptors, installed, opened)
  }, [needsAny, models, nodes, needs, descriptors, opened])
}

/**
 * The missing models that a run would stop at, by the server's check of the workflow; so the form asks for no list of
 * models before anybody wants one.
 */
export function useFormModels(): readonly MissingModel[] {
  const issues = useProblems()
  const descriptors = useDescriptors()
  const workflow = useDocument((state) => state.workflow)
  return useMemo(() => {
    const found = issues.filter(({ code }) => code === 'model_missing')
    if (found.length === 0) return NONE
    const names = new Set(missingNames(workflow, descriptors, found))
    return missingModels(workflow, descriptors, new Set()).filter(({ need }) => names.has(need.name))
  }, [issues, descriptors, workflow])
}

/** What to ask for where a workflow lacks a model; a source that can be fetched from a hub is filled in. */
export function wishFor(name: string): AddWish {
  const { needs } = documentStore.getState().workflow
  const { source = '' } = readNeed(name, Object.hasOwn(needs.models, name) ? needs.models[name] : undefined)
  return { name, source: isHubId(source) ? source : '' }
}
