/** What we use of noVNC, which brings no types. Its constructor takes a socket that is open or opening. */
declare module '@novnc/novnc' {
  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, channel: WebSocket)
    scaleViewport: boolean
    focusOnClick: boolean
    focus(): void
    disconnect(): void
    sendCtrlAltDel(): void
  }
}
