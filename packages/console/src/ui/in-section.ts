import { createContext } from 'react'

/** Whether what is shown is one part of a page among others. */
export const InSection = createContext(false)
