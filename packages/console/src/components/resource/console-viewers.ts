/** A console that is drawn somewhere, until it is closed. */
export interface Viewing {
  readonly close: () => void
  /** Ctrl+Alt+Del, where there is a screen that takes it. */
  readonly press?: () => void
}

/** Draws what the socket brings into a place, and sends what is typed there. */
export type Viewer = (place: HTMLElement, socket: WebSocket, onConnected: () => void) => Viewing

/** Brought before the socket is opened: servers speak first, and nobody would have heard it. */
export type BringViewer = () => Promise<Viewer>

/** A screen (RFB, RFC 6143). */
export const bringScreen: BringViewer = async () => {
  const { default: Rfb } = await import('@novnc/novnc')
  return (place, socket, onConnected) => {
    const screen = new Rfb(place, socket)
    screen.scaleViewport = true
    screen.focusOnClick = true
    screen.addEventListener('connect', () => {
      onConnected()
      screen.focus()
    })
    return { close: () => screen.disconnect(), press: () => screen.sendCtrlAltDel() }
  }
}

/** A serial line: bytes either way, drawn by a terminal. */
export const bringLine: BringViewer = async () => {
  const [{ Terminal }, { FitAddon }] = await Promise.all([
    import('@xterm/xterm'),
    import('@xterm/addon-fit'),
    import('@xterm/xterm/css/xterm.css'),
  ])
  return (place, socket, onConnected) => {
    const terminal = new Terminal({ fontSize: 14, screenReaderMode: true })
    const fit = new FitAddon()
    terminal.loadAddon(fit)
    terminal.open(place)
    fit.fit()
    const resizing = new ResizeObserver(() => fit.fit())
    resizing.observe(place)
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      onConnected()
      terminal.focus()
    })
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) =>
      terminal.write(typeof data === 'string' ? data : new Uint8Array(data)),
    )
    const bytes = new TextEncoder()
    terminal.onData((typed) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes.encode(typed))
    })
    return {
      close: () => {
        resizing.disconnect()
        terminal.dispose()
        socket.close()
      },
    }
  }
}
