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

const sits = (session: Session, request: ServiceRequest, operation: OperationSpec): boolean => {
  const vacant = request.stages
    .filter((it) => it.state === 'open')
    .flatMap((it) => it.seats.filter((seat) => seat.verdict === null))
  return session.grants.some(
    (grant) =>
      rolePermissions[grant.role].includes(operation.name) &&
      vacant.some((seat) => reaches(grant, seat.organisationId)),
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
