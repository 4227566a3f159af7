import { type IdentityPolicy, identityPolicyGet, identityPolicySet, roles } from '@yiduo/contract'
import { useAnswer } from '../api/answers.ts'
import { FormButton } from '../components/form-dialog.tsx'
import { ChoiceItem, NumberItem } from '../components/form-items.tsx'
import { useTranslation } from '../i18n/index.ts'
import { Asked } from '../ui/asked.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page, Section } from '../ui/page.tsx'

const figures = [
  { name: 'passwordMinimum', min: 8, max: 64 },
  { name: 'administratorPasswordMinimum', min: 8, max: 64 },
  { name: 'passwordKinds', min: 1, max: 4 },
  { name: 'passwordMaxAgeDays', min: 1, max: 3_650, optional: true },
  { name: 'passwordsRemembered', min: 0, max: 24 },
  { name: 'failuresToLock', min: 1, max: 20 },
  { name: 'lockMinutes', min: 1, max: 1_440 },
  { name: 'idleMinutes', min: 1, max: 1_440 },
  { name: 'administratorIdleMinutes', min: 1, max: 1_440 },
  { name: 'sessionHours', min: 1, max: 168 },
  { name: 'tokenDays', min: 1, max: 1_095 },
  { name: 'stepUpMinutes', min: 1, max: 240, optional: true },
] as const

const Edit = ({ policy }: { readonly policy: IdentityPolicy }) => {
  const { t } = useTranslation()
  const { revision, ...initial } = policy
  return (
    <FormButton<typeof identityPolicySet, Omit<IdentityPolicy, 'revision'>>
      operation={identityPolicySet}
      label={t('states.edit')}
      button={{ type: 'primary' }}
      initial={initial}
      edits={{ name: t('pages.identityPolicy'), revision }}
      callOf={({ secondFactorRoles, passwordMaxAgeDays, stepUpMinutes, ...rest }) => ({
        body: {
          ...rest,
          passwordMaxAgeDays: passwordMaxAgeDays ?? null,
          stepUpMinutes: stepUpMinutes ?? null,
          secondFactorRoles: secondFactorRoles?.length ? secondFactorRoles : null,
        },
      })}
    >
      <ChoiceItem
        name="secondFactorRoles"
        label={t('policy.secondFactorRoles')}
        several
        optional
        options={roles.map((it) => ({ value: it, label: t(`shell.roles.${it}`) }))}
      />
      {figures.map((it) => (
        <NumberItem key={it.name} {...it} label={t(`policy.${it.name}`)} />
      ))}
    </FormButton>
  )
}

/** How people are authenticated; what stands here are defaults of the product until somebody sets them. */
export const IdentityPolicyPage = () => {
  const { t } = useTranslation()
  const asked = useAnswer(identityPolicyGet, {})
  return (
    <Page
      title={t('pages.identityPolicy')}
      hint={t('policy.hint')}
      actions={asked.data && <Edit policy={asked.data} />}
    >
      <Asked of={asked}>
        {(policy) => (
          <>
            <Section title={t('policy.factors')}>
              <Facts
                of={[
                  {
                    label: t('policy.secondFactorRoles'),
                    value:
                      policy.secondFactorRoles?.map((it) => t(`shell.roles.${it}`)).join(', ') ?? t('policy.nobody'),
                  },
                  { label: t('policy.stepUpMinutes'), value: policy.stepUpMinutes ?? t('policy.notAsked') },
                ]}
              />
            </Section>
            <Section title={t('policy.figures')}>
              <Facts
                of={figures.map(
                  ({ name }) =>
                    name !== 'stepUpMinutes' && {
                      label: t(`policy.${name}`),
                      value: policy[name] ?? t('policy.never'),
                    },
                )}
              />
            </Section>
          </>
        )}
      </Asked>
    </Page>
  )
}
