import type { BodyOf, LineAsk, requestCreate, ServiceRequest, Template } from '@yiduo/contract'
import { dayOf, endOfDay } from '../ui/day.ts'
import { isTooLong, longestName } from '../ui/limited.tsx'

/** Of names that stand before other names. */
export const longestPrefix = 40

/** One line as it is being filled in. */
export interface LineDraft {
  readonly key: number
  readonly planId: string | null
  readonly name: string
  readonly quantity: number | null
  readonly imageName: string | null
  readonly dataVolumeGib: number | null
  readonly publicAddress: boolean
  readonly platformId: string | null
}

/** A request as it is being filled in, by lines or by a template; kept as it is, finished or not. */
export interface RequestDraft {
  readonly systemId: string | null
  readonly lines: readonly LineDraft[]
  readonly templateId: string | null
  readonly templateName: string
  readonly quantities: Readonly<Record<string, number>>
  /** Last day of use, `2026-11-22`; empty for none. */
  readonly lastDay: string
}

export const emptyLine = (key: number, planId: string | null = null): LineDraft => ({
  key,
  planId,
  name: '',
  quantity: 1,
  imageName: null,
  dataVolumeGib: 0,
  publicAddress: false,
  platformId: null,
})

export const emptyDraft = (of: { readonly planId?: string; readonly templateId?: string } = {}): RequestDraft => ({
  systemId: null,
  lines: of.templateId ? [] : [emptyLine(1, of.planId ?? null)],
  templateId: of.templateId ?? null,
  templateName: '',
  quantities: {},
  lastDay: '',
})

export const nextKey = (lines: readonly LineDraft[]): number => Math.max(0, ...lines.map((it) => it.key)) + 1

/** What was kept, with one line more where another plan is asked for now. */
export const withPlan = (draft: RequestDraft, planId: string | undefined): RequestDraft => {
  if (planId === undefined || draft.lines.some((it) => it.planId === planId)) return draft
  const filled = draft.lines.filter((it) => it.planId !== null || it.name !== '')
  return { ...draft, lines: [...filled, emptyLine(nextKey(filled), planId)] }
}

export const draftOf = (request: ServiceRequest): RequestDraft => ({
  ...emptyDraft(),
  systemId: request.systemId,
  lines: request.lines.map((it, index) => ({
    key: index + 1,
    planId: it.planId,
    name: it.name,
    quantity: it.quantity,
    imageName: it.imageName,
    dataVolumeGib: it.dataVolumeGib,
    publicAddress: it.publicAddress,
    platformId: it.platformId,
  })),
  lastDay: request.expiresAt ? dayOf(request.expiresAt) : '',
})

/** What was kept by another release and does not look like a draft is as if it were not there. */
export const isDraft = (it: unknown): it is RequestDraft =>
  typeof it === 'object' &&
  it !== null &&
  'lines' in it &&
  Array.isArray(it.lines) &&
  'quantities' in it &&
  'lastDay' in it &&
  typeof it.lastDay === 'string'

const isName = (text: string): boolean => text.trim() !== '' && !isTooLong(text.trim(), longestName)

const lineAskOf = (it: LineDraft): LineAsk | null =>
  it.planId === null || !isName(it.name) || !it.quantity
    ? null
    : {
        planId: it.planId,
        name: it.name.trim(),
        quantity: it.quantity,
        ...(it.imageName ? { imageName: it.imageName } : {}),
        dataVolumeGib: it.dataVolumeGib ?? 0,
        publicAddress: it.publicAddress,
        ...(it.platformId ? { platformId: it.platformId } : {}),
      }

type Ask = BodyOf<typeof requestCreate>

/** What is sent; null while something is missing. */
export const askOf = (draft: RequestDraft): Ask | null => {
  if (draft.systemId === null) return null
  const end = draft.lastDay === '' ? {} : { expiresAt: endOfDay(draft.lastDay) }
  if (draft.templateId !== null) {
    const parts = Object.entries(draft.quantities).map(([code, quantity]) => ({ code, quantity }))
    const name = draft.templateName.trim()
    if (isTooLong(name, longestPrefix)) return null
    return {
      systemId: draft.systemId,
      template: { templateId: draft.templateId, ...(name === '' ? {} : { name }) },
      ...(parts.length > 0 ? { parts } : {}),
      ...end,
    }
  }
  const lines = draft.lines.map(lineAskOf)
  if (lines.length === 0 || !lines.every((it) => it !== null)) return null
  return { systemId: draft.systemId, lines, ...end }
}

interface Sized {
  readonly vcpus: number
  readonly memoryMib: number
  readonly systemDiskGib: number
}

const partsOf = (draft: RequestDraft, template: Template | undefined) =>
  draft.templateId === null
    ? draft.lines.map((it) => ({ ...it, count: it.quantity ?? 0 }))
    : (template?.parts ?? []).map((it) => ({ ...it, count: draft.quantities[it.code] ?? it.quantity }))

/** What the whole would take of each quota. */
export const wantedOf = (
  draft: RequestDraft,
  sizeOf: (planId: string) => Sized | undefined,
  template?: Template,
): Readonly<Record<'vcpu' | 'memory-gib' | 'volume-gib' | 'address', number>> => {
  const sum = { vcpu: 0, 'memory-gib': 0, 'volume-gib': 0, address: 0 }
  for (const it of partsOf(draft, template)) {
    const size = it.planId === null ? undefined : sizeOf(it.planId)
    if (!size) continue
    sum.vcpu += size.vcpus * it.count
    sum['memory-gib'] += (size.memoryMib / 1_024) * it.count
    sum['volume-gib'] += (size.systemDiskGib + (it.dataVolumeGib ?? 0)) * it.count
    sum.address += it.publicAddress ? it.count : 0
  }
  return sum
}
