import { createServerCreate, createServerReclaim, type UnitDeps } from '../../src/modules/resources/index.ts'

const unused = {} as UnitDeps // the tables are read, their steps never run

/** Names of the steps as the sagas have them: a new step is killed at without anybody remembering it here. */
const stepsOf = (create: typeof createServerCreate) => create(unused).steps.map((step) => step.name)

export const provisionSteps = stepsOf(createServerCreate)
export const reclaimSteps = stepsOf(createServerReclaim)
