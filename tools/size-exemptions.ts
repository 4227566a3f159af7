/** Files that are long because they are tables of data, each with the table's name. */
export const sizeExemptions: Readonly<Record<string, string>> = {}
