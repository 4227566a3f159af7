import { createServerCreate, createServerReclaim } from '../../src/modules/resources/index.ts'

type Create = typeof createServerCreate

const unused = {} as Parameters<Create>[0] // the tables are read, their steps never run

/** Names of the steps as the sagas have them: a new step is killed at without anybody remembering it here. */
const stepsOf = (create: Create) => create(unused).steps.map((step) => step.name)

export const provisionSteps = stepsOf(createServerCreate)

/** Of a provision: those on our own tables alone. Whoever takes one of them over begins with the step before it. */
export const provisionRows = createServerCreate(unused).steps.flatMap((step) => ('rows' in step ? [step.name] : []))
export const reclaimSteps = stepsOf(createServerReclaim)
