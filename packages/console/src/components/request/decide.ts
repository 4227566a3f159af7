import {
  type OperationSpec,
  requestAccept,
  requestApprove,
  requestForward,
  requestReject,
  requestReturn,
  rolePermissions,
  type ServiceRequest,
  type Session,
} from '@yiduo/contract'

type Grant = Session['grants'][number]

/** Whether a grant reaches an office: its own, or one below it; which lie below, only the server knows. */
const reaches = (grant: Grant, organisationId: string): boolean =>
  grant.organisationId === organisationId || (grant.reach !== 'own' && grant.role !== 'department')

/** Offices that may still speak. What was sent before there were stages is its operator's, as the server has it. */
const vacantOffices = ({ state, stages, operatorOrganisationId }: ServiceRequest): readonly string[] => {
  if (stages.length === 0) return state === 'submitted' ? [operatorOrganisationId] : []
  return stages
    .filter((it) => it.state === 'open')
    .flatMap((it) => it.seats.filter((seat) => seat.verdict === null))
    .map((seat) => seat.organisationId)
}

const sits = (session: Session, request: ServiceRequest, operation: OperationSpec): boolean => {
  const vacant = vacantOffices(request)
  // A bureau may return and reject as well, but has no say where an operator sits.
  const needed = request.stages.length === 0 ? [operation, requestApprove] : [operation]
  return session.grants.some(
    (grant) =>
      needed.every(({ name }) => rolePermissions[grant.role].includes(name)) && vacant.some((id) => reaches(grant, id)),
  )
}

const isTransfer = (request: ServiceRequest): boolean => request.lines.some((it) => it.change?.kind === 'transfer')

/** What this person may say of it now: a seat of theirs is open. */
export const decisionsOf = (session: Session, request: ServiceRequest) => {
  const may = (operation: OperationSpec) => sits(session, request, operation)
  const isOpen = request.state === 'submitted'
  const atBureau = request.state === 'collecting'
  const agree =
    isOpen && may(requestApprove)
      ? requestApprove
      : isOpen && isTransfer(request) && may(requestAccept)
        ? requestAccept
        : atBureau && may(requestForward)
          ? requestForward
          : null
  const decides = isOpen || atBureau
  return { agree, return: decides && may(requestReturn), reject: decides && may(requestReject) }
}
