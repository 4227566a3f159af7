import { usePlans, usePlatformNames, useSystemNames } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import type { Disagreement } from '../ui/conflict.tsx'
import type { LineDraft, RequestDraft } from './request-draft.ts'

/** What a draft says, field by field, in words. */
const useTold = () => {
  const { t } = useTranslation()
  const plans = usePlans()
  const platforms = usePlatformNames()
  const systems = useSystemNames()
  const lineTold = (line: LineDraft, index: number): readonly (readonly [string, string])[] => {
    const at = (field: string) => `${t('form.line', { number: index + 1 })} · ${field}`
    return [
      [at(t('request.plan')), plans.get(line.planId ?? '')?.plan.name ?? line.planId ?? ''],
      [at(t('form.name')), line.name],
      [at(t('request.quantity')), String(line.quantity ?? '')],
      [at(t('form.image')), line.imageName ?? t('form.firstImage')],
      [at(t('request.dataVolumeGib')), String(line.dataVolumeGib ?? 0)],
      [at(t('form.publicAddress')), t(line.publicAddress ? 'states.yes' : 'states.no')],
      [at(t('request.platform')), platforms.get(line.platformId ?? '') ?? line.platformId ?? t('request.anyPlatform')],
    ]
  }
  return (draft: RequestDraft): ReadonlyMap<string, string> =>
    new Map([
      [t('requests.system'), systems.get(draft.systemId ?? '') ?? draft.systemId ?? ''],
      [t('request.lastDay'), draft.lastDay],
      ...draft.lines.flatMap(lineTold),
    ])
}

/** Where two drafts of one request differ. */
export const useDraftConflict = (latest: RequestDraft, own: RequestDraft): readonly Disagreement[] => {
  const told = useTold()
  const [theirs, ours] = [told(latest), told(own)]
  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .map((field) => ({ field, latest: theirs.get(field) ?? '', own: ours.get(field) ?? '' }))
    .filter((it) => it.latest !== it.own)
}
