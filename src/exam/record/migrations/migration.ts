/** Turns the JSON of one schema version into that of the next. Pure, and never edited once released. */
export type Migration = (record: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
