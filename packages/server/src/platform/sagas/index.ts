export { crashing } from './crash.ts'
export { createSagaRunner, type SagaRunner, type Sagas } from './runner.ts'
export { nothing, type RowsStep, type Saga, type SagaEnd, type Step, type StepContext, saga } from './saga.ts'
export { isUnfinished, operationChannel, retakeResidue } from './store.ts'
