import { Empty } from 'antd'
import type { ReactNode } from 'react'

/** Emptiness says what it means and what to do about it. */
export const Nothing = ({ words, action }: { readonly words: string; readonly action?: ReactNode }) => (
  <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words}>
    {action}
  </Empty>
)
