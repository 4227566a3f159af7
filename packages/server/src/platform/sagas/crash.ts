/** Ends the process as `kill -9` would, at the point a test asked for. */
export const crashing = (crashAt: string | null) =>
  crashAt === null
    ? undefined
    : (saga: string, step: string, moment: string) => {
        if (`${saga}/${step}/${moment}` === crashAt) process.kill(process.pid, 'SIGKILL')
      }
