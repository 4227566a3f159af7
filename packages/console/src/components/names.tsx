import { Link } from '@tanstack/react-router'
import {
  findingGet,
  type Offering,
  offeringList,
  organisationGet,
  type Plan,
  personGet,
  platformList,
  requestGet,
  resourceGet,
  systemGet,
  systemList,
} from '@yiduo/contract'
import { type ReactNode, useMemo } from 'react'
import { useAnswer } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { pathOfId, paths } from '../paths.ts'
import { joined } from '../ui/joined.ts'

/** Everything a form or a page names by id; lists that are small are asked for once. */
const whole = { query: { limit: 500 } } as const

export interface PlanOffered {
  readonly plan: Plan
  readonly offering: Offering
}

/** Plans of the catalogue by their ids, withdrawn ones too. */
export const usePlans = (): ReadonlyMap<string, PlanOffered> => {
  const may = useMay()
  const { data } = useAnswer(offeringList, whole, { enabled: may(offeringList) })
  return useMemo(
    () =>
      new Map(
        data?.items.flatMap((offering) => offering.plans.map((plan) => [plan.id, { plan, offering }] as const)) ?? [],
      ),
    [data],
  )
}

export const usePlatformNames = (): ReadonlyMap<string, string> => {
  const may = useMay()
  const { data } = useAnswer(platformList, whole, { enabled: may(platformList) })
  return useMemo(() => new Map(data?.items.map((it) => [it.id, it.name] as const) ?? []), [data])
}

/** A business system by its name, leading to its page; its id where it is not ours to see. */
export const SystemName = ({ id }: { readonly id: string }) => {
  const may = useMay()
  const asked = useAnswer(systemGet, { params: { systemId: id } }, { enabled: may(systemGet) })
  if (asked.isLoading) return <span>…</span>
  return asked.data ? <Link to={paths.system(id)}>{asked.data.name}</Link> : <span>{id}</span>
}

/** `otherwise` stands where the organisation is above what one sees. */
export const OrganisationName = ({ id, otherwise = id }: { readonly id: string; readonly otherwise?: string }) => {
  const may = useMay()
  const asked = useAnswer(organisationGet, { params: { organisationId: id } }, { enabled: may(organisationGet) })
  return <span>{asked.isLoading ? '…' : (asked.data?.name ?? otherwise)}</span>
}

/** A person by name and log-in; the id where they are not ours to see. */
export const PersonName = ({ id }: { readonly id: string }) => {
  const may = useMay()
  const asked = useAnswer(personGet, { params: { personId: id } }, { enabled: may(personGet) })
  if (asked.isLoading) return <span>…</span>
  return <span>{asked.data ? joined([asked.data.name, asked.data.login]) : id}</span>
}

const PlatformName = ({ id }: { readonly id: string }) => {
  const name = usePlatformNames().get(id)
  return <Link to={paths.platform(id)}>{name ?? id}</Link>
}

const ResourceName = ({ id }: { readonly id: string }) => {
  const may = useMay()
  const asked = useAnswer(resourceGet, { params: { resourceId: id } }, { enabled: may(resourceGet) })
  if (asked.isLoading) return <span>…</span>
  return asked.data ? <Link to={paths.resource(id)}>{asked.data.name}</Link> : <span>{id}</span>
}

/** A thing by its name, or by its id alone where it has none, leading to where it is shown. */
const IdLink = ({ id, name = id }: { readonly id: string; readonly name?: string }) => {
  const path = pathOfId(id)
  const words = <span title={id}>{name}</span>
  return path ? <Link to={path}>{words}</Link> : words
}

const RequestName = ({ id }: { readonly id: string }) => {
  const may = useMay()
  const asked = useAnswer(requestGet, { params: { requestId: id } }, { enabled: may(requestGet) })
  if (asked.isLoading) return <span>…</span>
  return asked.data ? <IdLink id={id} name={asked.data.systemName} /> : <span>{id}</span>
}

const FindingName = ({ id }: { readonly id: string }) => {
  const may = useMay()
  const asked = useAnswer(findingGet, { params: { findingId: id } }, { enabled: may(findingGet) })
  if (asked.isLoading) return <span>…</span>
  return asked.data ? <IdLink id={id} name={asked.data.title} /> : <span>{id}</span>
}

const nameOfPrefix: Readonly<Record<string, (of: { readonly id: string }) => ReactNode>> = {
  org: OrganisationName,
  req: RequestName,
  fnd: FindingName,
  sys: SystemName,
  plt: PlatformName,
  srv: ResourceName,
  vol: ResourceName,
  net: ResourceName,
  adr: ResourceName,
}

/** Any thing by its name, told already or where its kind has one that is ours to see. */
export const ThingName = ({ id, name }: { readonly id: string; readonly name?: string | undefined }) => {
  if (name !== undefined) return <IdLink id={id} name={name} />
  const Name = nameOfPrefix[id.slice(0, id.indexOf('_'))] ?? IdLink
  return <Name id={id} />
}

/** Names of one's own business systems, as forms offer them. */
export const useSystemNames = (): ReadonlyMap<string, string> => {
  const may = useMay()
  const { data } = useAnswer(systemList, whole, { enabled: may(systemList) })
  return useMemo(() => new Map(data?.items.map((it) => [it.id, it.name] as const) ?? []), [data])
}
