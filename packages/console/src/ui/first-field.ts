/** Once a dialog is open its first field has the keyboard; else its button of closing would, as the first thing in it. */
export const focusFirstField = (isOpen: boolean): void => {
  if (!isOpen) return
  const dialog = [...document.querySelectorAll('.ant-modal')].at(-1)
  dialog?.querySelector<HTMLElement>('textarea, input:not([type="checkbox"], [disabled])')?.focus()
}
