import { Button, Dropdown, Flex, Input, Popover } from 'antd'
import { useState } from 'react'
import { useSession } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { keep, readKept } from '../../preferences.ts'

type Filters = Readonly<Record<string, string | undefined>>
interface View {
  readonly name: string
  readonly filters: Filters
}

const areViews = (it: unknown): it is readonly View[] =>
  Array.isArray(it) && it.every((one) => typeof one === 'object' && one !== null && 'name' in one && 'filters' in one)

/** Filters under a name, kept for their person in this browser; the address says the same to whoever it is sent to. */
export const SavedViews = ({
  id,
  filters,
  onChoose,
}: {
  readonly id: string
  readonly filters: Filters
  readonly onChoose: (filters: Filters) => void
}) => {
  const { t } = useTranslation()
  const { person } = useSession()
  const key = `views.${person.id}.${id}`
  const [views, setViews] = useState<readonly View[]>(() => {
    const kept = readKept(key)
    return areViews(kept) ? kept : []
  })
  const [name, setName] = useState('')
  const store = (next: readonly View[]) => {
    keep(key, next)
    setViews(next)
  }
  const save = () => {
    const said = name.trim()
    if (said === '') return
    store([...views.filter((it) => it.name !== said), { name: said, filters }])
    setName('')
  }
  const isFiltered = Object.values(filters).some((it) => it !== undefined)
  return (
    <Flex gap={4}>
      {views.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: views.flatMap((it) => [
              { key: it.name, label: it.name, onClick: () => onChoose(it.filters) },
              {
                key: `- ${it.name}`,
                danger: true,
                label: `${t('states.remove')} ${it.name}`,
                onClick: () => store(views.filter((one) => one.name !== it.name)),
              },
            ]),
          }}
        >
          <Button>{t('states.table.views')}</Button>
        </Dropdown>
      )}
      {isFiltered && (
        <Popover
          trigger="click"
          content={
            <Flex gap={8}>
              <Input
                aria-label={t('states.table.viewName')}
                placeholder={t('states.table.viewName')}
                maxLength={40}
                value={name}
                onChange={(event) => setName(event.target.value)}
                onPressEnter={save}
              />
              <Button type="primary" onClick={save}>
                {t('states.save')}
              </Button>
            </Flex>
          }
        >
          <Button type="text">{t('states.table.saveView')}</Button>
        </Popover>
      )}
    </Flex>
  )
}
