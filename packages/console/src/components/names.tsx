import { Link } from '@tanstack/react-router'
import {
  type Offering,
  offeringList,
  organisationGet,
  type Plan,
  platformList,
  systemGet,
  systemList,
} from '@yiduo/contract'
import { useMemo } from 'react'
import { useAnswer } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'

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

/** Names of one's own business systems, as forms offer them. */
export const useSystemNames = (): ReadonlyMap<string, string> => {
  const may = useMay()
  const { data } = useAnswer(systemList, whole, { enabled: may(systemList) })
  return useMemo(() => new Map(data?.items.map((it) => [it.id, it.name] as const) ?? []), [data])
}
