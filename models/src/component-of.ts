import { AppError, type ComponentRef, type InstalledModel } from '@beatloom/core'

/**
 * A part of a model, to run where it was asked for.
 * @throws {AppError} `model_missing` when the model has no such part.
 */
export function componentOf(model: InstalledModel, name: string, provider: ComponentRef['provider']): ComponentRef {
  const component = model.components[name]
  if (!component) {
    throw new AppError('model_missing', `The model "${model.name}" has no ${name}.`, {
      details: { model: model.name, component: name },
    })
  }
  return provider === undefined || provider === 'auto' ? component : { ...component, provider }
}
