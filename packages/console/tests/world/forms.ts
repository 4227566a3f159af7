import type { Locator, Page } from 'playwright-core'

/** The dialog that a button of the page opens. */
export const openForm = async (page: Page, button: string): Promise<Locator> => {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  return dialog
}

/** Fields by their labels: words are typed, of lists one is chosen by its words. */
export const fill = async (dialog: Locator, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByLabel(label, { exact: true }).first()
    if ((await field.getAttribute('role')) === 'combobox') {
      await field.click()
      await field.page().locator('.ant-select-dropdown:visible').getByTitle(value, { exact: true }).first().click()
    } else await field.fill(value)
  }
}

/** Presses the dialog's button, and waits until the server has taken what was asked. */
export const send = async (dialog: Locator, button: string): Promise<void> => {
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
