import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { Instant } from './primitive.ts'

export const Event = Type.Object(
  {
    id: Type.String({ description: 'Position in the stream; give it as `Last-Event-ID` to go on from there' }),
    type: Type.String({ description: 'The operation or change that happened, e.g. `request.approve`' }),
    subject: Type.String({ description: 'Id of what it happened to' }),
    at: Instant,
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'Event' },
)
export type Event = Static<typeof Event>

/** Answered as `text/event-stream`; each event's data is an `Event`. */
export const eventStream = operation({
  name: 'event.stream',
  http: 'GET /events',
  summary: { 'zh-CN': '订阅事件', en: 'Follow what happens, as server-sent events' },
  query: Type.Object({ subject: Type.Optional(Type.String({ maxLength: 80 })) }),
  answers: { 200: Event },
  faults: ['too-many-streams'],
})
