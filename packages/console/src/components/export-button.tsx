import type { FileContent } from '@yiduo/contract'
import { Button, Flex } from 'antd'
import { useState } from 'react'
import { ProblemNote } from '../ui/problem.tsx'
import { saveFile } from '../ui/save-file.ts'

/** Asks the server for a file and saves it; a refusal stands below the button. */
export const ExportButton = ({ label, ask }: { readonly label: string; readonly ask: () => Promise<FileContent> }) => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      const file = await ask()
      saveFile(file.name, await new Response(file.content).blob())
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Flex vertical gap={8} align="end">
      <Button loading={busy} onClick={() => void run()}>
        {label}
      </Button>
      <ProblemNote error={error} />
    </Flex>
  )
}
