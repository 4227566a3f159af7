import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { nullable } from './primitive.ts'
import { Role } from './role.ts'

export const About = Type.Object(
  {
    version: Type.String(),
    demonstration: nullable(
      Type.Object({
        password: Type.String({ description: 'Of all its people' }),
        people: Type.Array(
          Type.Object({ login: Type.String(), name: Type.String(), organisation: Type.String(), role: Role }),
        ),
      }),
    ),
  },
  { $id: 'About', description: 'What this is; with the people of the demonstration, where it stands' },
)
export type About = Static<typeof About>

export const aboutGet = operation({
  name: 'about.get',
  http: 'GET /about',
  summary: { 'zh-CN': '查看平台版本与演示信息', en: 'Show what this is' },
  answers: { 200: About },
  access: 'public',
  columns: ['version'],
})
