import { createServerCreate, createServerReclaim } from '../../src/modules/resources/index.ts'

type Create = typeof createServerCreate

const unused = {} as Parameters<Create>[0] // the tables are read, their steps never run

/** Names of the steps as the sagas have them: a new step is killed at without anybody remembering it here. */
const stepsOf = (create: Create) => create(unused).steps.map((step) => step.name)

export const provisionSteps = stepsOf(createServerCreate)
export const reclaimSteps = stepsOf(createServerReclaim)
