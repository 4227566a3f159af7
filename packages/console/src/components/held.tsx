import { Link } from '@tanstack/react-router'
import { requestCreate, resourceList, systemList } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { Asked } from '../ui/asked.tsx'
import { Nothing } from '../ui/nothing.tsx'
import { Section } from '../ui/page.tsx'
import styles from './resource-rows.module.css'
import { ResourceRows } from './resource-rows.tsx'

const few = 6

/** Asked with the rest of the page, though it is shown below it. */
export const useHeld = () => {
  const isDepartment = useMay()(requestCreate)
  const systems = useAnswer(systemList, { query: { limit: few } }, { enabled: isDepartment })
  const servers = useAnswer(resourceList, { query: { kind: 'server', limit: few } }, { enabled: isDepartment })
  return { isDepartment, systems, servers }
}

/** For departments: their newest systems and servers, and the way to all of them. */
export const Held = ({ held: { isDepartment, systems, servers } }: { readonly held: ReturnType<typeof useHeld> }) => {
  const { t } = useTranslation()
  if (!isDepartment) return null
  return (
    <>
      <Section title={t('home.systems')} extra={<Link to={paths.systems()}>{t('home.all')}</Link>}>
        <Asked of={systems}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing words={t('home.noSystems')} />
            ) : (
              <ul className={styles.rows}>
                {items.map((it) => (
                  <li key={it.id}>
                    <Link to={paths.system(it.id)}>{it.name}</Link>
                    <Typography.Text type="secondary">
                      {t('systems.gradeOf', { grade: it.securityGrade })}
                    </Typography.Text>
                  </li>
                ))}
              </ul>
            )
          }
        </Asked>
      </Section>
      <Section
        title={t('home.servers')}
        extra={
          <Link to={paths.resources()} search={{ kind: 'server' }}>
            {t('home.all')}
          </Link>
        }
      >
        <Asked of={servers}>
          {({ items }) =>
            items.length === 0 ? <Nothing words={t('home.noServers')} /> : <ResourceRows items={items} />
          }
        </Asked>
      </Section>
    </>
  )
}
