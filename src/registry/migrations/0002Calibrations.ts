import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const TABLES = ['stored_calibration', 'calibration_withdrawal', 'quality_check'] as const

/** Stored calibrations, their withdrawals and quality checks; all append-only. */
export const calibrations: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('stored_calibration')
      .addColumn('calibration_id', 'uuid', (column) => column.primaryKey())
      .addColumn('stored_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull().unique())
      .addColumn('schema_version', 'integer', (column) => column.notNull())
      .addColumn('device_serial', 'text', (column) => column.notNull())
      .addColumn('model', 'text', (column) => column.notNull())
      .addColumn('kvp', 'double precision', (column) => column.notNull())
      .addColumn('phantom_serial', 'text', (column) => column.notNull())
      .addColumn('scan_date', 'text', (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .execute()
    await database.schema
      .createIndex('stored_calibration_key')
      .on('stored_calibration')
      .columns(['model', 'kvp', 'device_serial', 'phantom_serial'])
      .execute()
    await database.schema
      .createTable('calibration_withdrawal')
      .addColumn('calibration_id', 'uuid', (column) =>
        column.primaryKey().references('stored_calibration.calibration_id'),
      )
      .addColumn('withdrawn_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute()
    await database.schema
      .createTable('quality_check')
      .addColumn('check_id', 'uuid', (column) => column.primaryKey())
      .addColumn('calibration_id', 'uuid', (column) =>
        column.notNull().references('stored_calibration.calibration_id'),
      )
      .addColumn('checked_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('schema_version', 'integer', (column) => column.notNull())
      .addColumn('scan_date', 'text', (column) => column.notNull())
      .addColumn('passed', 'boolean', (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .addUniqueConstraint('quality_check_once', ['calibration_id', 'sha256'])
      .execute()
    await sql`
      create function calibration_is_kept() returns trigger language plpgsql as $$
      begin
        raise exception 'calibrations and their checks are kept as they were stored';
      end $$`.execute(database)
    for (const table of TABLES)
      await sql`
        create trigger calibration_is_kept before update or delete or truncate on ${sql.table(table)}
        for each statement execute function calibration_is_kept()`.execute(database)
  },
}
