/** The place in a practice parameter, law or our own house rules for which a statement stands in the report. */
export type ReportRule = `${'QCT' | 'ACR communication' | 'SB 1237' | 'House'} ${string}`

/** One sentence or short paragraph of the report. */
export interface ReportStatement {
  readonly text: string
  /** Why it is there. `QCT IV.C.2` is that section of the ACR–SPR–SSR practice parameter. */
  readonly rule: ReportRule
  /** Who says it; the program where nothing is said. Readers' words are marked as theirs wherever they are printed. */
  readonly author?: 'reader' | undefined
}

/** A named value of the report's head, for example `Scanner`. */
export interface ReportField {
  readonly name: string
  readonly value: string
  readonly rule: ReportRule
  /** Whether it needs a row of its own. */
  readonly isWide?: boolean | undefined
}

/** A table of the report; cells are finished text, missing is `—`. */
export interface ReportTable {
  /** What the table is, for those who hear it. */
  readonly caption?: string | undefined
  readonly columns: readonly {
    readonly title: string
    readonly unit: string
    readonly align: 'left' | 'right'
  }[]
  readonly rows: readonly (readonly string[])[]
  readonly rule: ReportRule
}

/** A picture of the report. Its pixels are drawn from the volume by whoever renders the report. */
export interface ReportFigure {
  /** File name, by which the picture is found: `voi-L1.png`. */
  readonly name: string
  readonly caption: string
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string
  readonly rule: ReportRule
}

/** The sections a report can have, in the order of the ACR communication parameter. */
export type ReportSectionId =
  | 'indication'
  | 'technique'
  | 'findings'
  | 'routes'
  | 'screening'
  | 'comparison'
  | 'limitations'
  | 'impression'
  | 'dose'
  | 'signature'

/** One section of the report. */
export interface ReportSection {
  readonly id: ReportSectionId
  readonly heading: string
  /** A sentence that introduces the table and stands before it. */
  readonly lead?: ReportStatement | undefined
  readonly statements: readonly ReportStatement[]
  readonly table?: ReportTable | undefined
  readonly figures?: readonly ReportFigure[] | undefined
}

/** The report as data: what it says and why, before any layout. Text, HTML and PDF are drawn from it. */
export interface ReportDocument {
  readonly title: string
  readonly product: string
  /** Who and when in one line, for every page: pages get parted. */
  readonly identity: string
  readonly header: readonly ReportField[]
  readonly sections: readonly ReportSection[]
  /** Printed on every page and every export. */
  readonly footer: readonly ReportStatement[]
}
