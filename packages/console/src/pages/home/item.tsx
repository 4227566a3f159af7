import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../i18n/index.ts'
import { pathOfId } from '../../paths.ts'

/** A page, cut to something. */
export interface Place {
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
}

/** How many there are, as far as they were counted. */
export const Counted = ({ of }: { readonly of: { readonly count: number; readonly more: boolean } }) => {
  const { t } = useTranslation()
  return <>{t(of.more ? 'home.countMore' : 'home.count', { count: of.count })}</>
}

/** A thing by its name, leading to its page, or to where things of its kind are worked off. */
export const ItemLink = ({
  id,
  name,
  otherwise,
}: {
  readonly id: string
  readonly name: string
  readonly otherwise?: Place | undefined
}) => {
  const path = pathOfId(id)
  if (!path && otherwise)
    return (
      <Link to={otherwise.to} search={otherwise.search ?? {}}>
        {name}
      </Link>
    )
  return path ? <Link to={path}>{name}</Link> : <span>{name}</span>
}
